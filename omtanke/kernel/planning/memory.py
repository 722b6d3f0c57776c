"""Plain pointers for the compiled search: one record of addresses instead of forty arrays.

Numba passes an array to a function as seven values, and a tuple of forty arrays as nearly three hundred; with some
hundred small functions that made compiling take a minute and every call slow. So the arrays lie where NumPy put them,
the *desk* holds their addresses, and the functions below read and write at an address. Nothing checks bounds: indices
are made by the board only, and `Board` keeps the arrays alive as long as its desk.
"""

from collections.abc import Callable
from typing import Any, cast

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

Row = Any  # one record of an array, by reference


def row_reader(dtype: np.dtype[Any]) -> Callable[[int, int], Row]:
    """A function that gives the record at an address and index, without copying it."""
    record = numba.from_dtype(dtype)

    def typed(context: Any, address: Any, index: Any) -> Any:
        def generate(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            size = ir.Constant(ir.IntType(64), dtype.itemsize)
            place = builder.add(arguments[0], builder.mul(arguments[1], size))
            return builder.inttoptr(place, target.get_value_type(record))

        return record(types.int64, types.int64), generate

    return cast(Callable[[int, int], Row], intrinsic(typed))


def number_reader(kind: Any) -> Callable[[int, int], Any]:
    """A function that reads the number at an address and index."""

    def typed(context: Any, address: Any, index: Any) -> Any:
        def generate(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            value = target.get_value_type(kind)
            start = builder.inttoptr(arguments[0], value.as_pointer())
            return builder.load(builder.gep(start, [arguments[1]], source_etype=value), typ=value)

        return kind(types.int64, types.int64), generate

    return cast(Callable[[int, int], Any], intrinsic(typed))


def number_writer(kind: Any) -> Callable[[int, int, Any], None]:
    """A function that writes a number at an address and index."""

    def typed(context: Any, address: Any, index: Any, value: Any) -> Any:
        def generate(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kept = target.get_value_type(kind)
            start = builder.inttoptr(arguments[0], kept.as_pointer())
            builder.store(arguments[2], builder.gep(start, [arguments[1]], source_etype=kept))
            return target.get_dummy_value()

        return types.void(types.int64, types.int64, kind), generate

    return cast(Callable[[int, int, Any], None], intrinsic(typed))


read_float: Callable[[int, int], float] = number_reader(types.float64)
read_int: Callable[[int, int], int] = number_reader(types.int32)
read_single: Callable[[int, int], float] = number_reader(types.float32)  # for travel times: halves what no cache holds
write_float = number_writer(types.float64)
write_int = number_writer(types.int32)
