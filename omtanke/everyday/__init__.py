"""A meaningful everyday life: interests, wishes, activities, volunteers, rides, and what came of it."""
