"""The public page on which relatives order visits. No login, and nothing about anybody is shown."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import open_to_all
from omtanke.befriending.models import ServiceArea
from omtanke.befriending.order import ordered_since, place_order
from omtanke.befriending.order_forms import OrderForm
from omtanke.people.models import Unit

MOST_IN_AN_HOUR = 20


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def order_visits(request: HttpRequest) -> HttpResponse:
    """Somebody orders visits. A machine that fills in everything is thanked, and nothing is kept."""
    form = OrderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if ordered_since(now - timedelta(hours=1)) >= MOST_IN_AN_HOUR:
            form.add_error(None, _("Many order right now. Try again in an hour, or call us."))
        else:
            if not form.cleaned_data["website"]:
                place_order(form.cleaned_data["department"], form.said(), at=now)
            return redirect("befriending:ordered")
    context = {
        "form": form,
        "areas": ServiceArea.objects.filter(offered=True),
        "departments": Unit.objects.filter(kind=Unit.Kind.VISIT_SERVICE),
    }
    return render(request, "befriending/order_visits.html", context, status=422 if form.errors else 200)


@open_to_all
@require_safe
def ordered(request: HttpRequest) -> HttpResponse:
    departments = Unit.objects.filter(kind=Unit.Kind.VISIT_SERVICE).exclude(phone="")
    return render(request, "befriending/ordered.html", {"departments": departments})
