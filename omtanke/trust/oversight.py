"""The privacy officer's pages: find a person's accesses, emergencies, looks without a reason, and inquiries.

The officer sees names and accesses, nothing of the care. One employee's looks open only for a stated reason, and each
such inquiry stands in a log of its own.
"""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import EmergencyAccess, Inquiry, Look, User
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Citizen
from omtanke.people.sorting import searched
from omtanke.trust import read_log
from omtanke.trust.emergency_views import follow_up_page, named
from omtanke.trust.forms import InquiryForm

NEWEST = 15
FOUND_SHOWN = 20
ON_A_PAGE = 40


class FindForm(forms.Form):
    """A person, by name and, if there are many, birth date."""

    name = forms.CharField(label=gettext_lazy("Name"), min_length=3, max_length=161)
    born = forms.DateField(
        label=gettext_lazy("Born"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@requires(Permission.OVERSEE_ACCESS)
@require_safe
def oversight(request: ActorRequest) -> HttpResponse:
    """What the privacy officer begins the day with."""
    form = FindForm(request.GET) if "name" in request.GET else FindForm()
    found = _found(request, form) if form.is_bound and form.is_valid() else None
    without_reason = read_log.in_words(read_log.grouped(Look.objects.filter(grant=None))[:NEWEST])
    emergencies = EmergencyAccess.objects.select_related("holder", "followed_up_by").newest_first()
    context = {
        "form": form,
        "found": found,
        "waiting": named(request, emergencies.without_follow_up()),
        "emergencies": named(request, emergencies.exclude(followed_up_at=None)[:NEWEST]),
        "without_reason": _with_names(request, without_reason),
        "inquiries": Inquiry.objects.select_related("officer", "subject").order_by("-at")[:NEWEST],
    }
    return render(request, "trust/oversight.html", context)


def _found(request: ActorRequest, form: FindForm) -> list[Citizen]:
    people = Citizen.objects.filter(searched(form.cleaned_data["name"])).in_order()
    if form.cleaned_data["born"]:
        people = people.filter(born=form.cleaned_data["born"])
    found = list(people[:FOUND_SHOWN])
    look(request, [citizen.pk for citizen in found])
    return found


def _with_names(request: ActorRequest, looks: list[read_log.Looked]) -> list[tuple[read_log.Looked, Citizen | None]]:
    citizens = Citizen.objects.in_bulk({one.citizen_id for one in looks})
    look(request, citizens)
    return [(one, citizens.get(one.citizen_id)) for one in looks]


@requires(Permission.OVERSEE_ACCESS)
def oversight_follow_up(request: ActorRequest, emergency_id: int) -> HttpResponse:
    """Follow up where no leader can: none in the unit, or it was the leader who used it."""
    access = get_object_or_404(EmergencyAccess.objects.select_related("holder", "followed_up_by"), pk=emergency_id)
    return follow_up_page(request, access, back="access:oversight")


@requires(Permission.OVERSEE_ACCESS)
def inquire(request: ActorRequest) -> HttpResponse:
    """Begin to follow up what one user has looked at: whom, which days, and why."""
    today = timezone.localdate()
    form = InquiryForm(initial={"first_day": today.replace(day=1), "last_day": today})
    if request.method == "POST":
        form = InquiryForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            subject = User.objects.filter(email=said["email"].lower()).first()
            if subject:
                begun = Inquiry.objects.create(
                    officer=request.user,
                    subject=subject,
                    words=said["words"],
                    first_day=said["first_day"],
                    last_day=said["last_day"],
                )
                return redirect("access:inquiry", begun.pk)
            form.add_error("email", _("No user has this address."))
    return render(request, "trust/inquire.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.OVERSEE_ACCESS)
@require_safe
def inquiry(request: ActorRequest, inquiry_id: int) -> HttpResponse:
    """What the user looked at in those days. For the officer who gave the reason."""
    one = get_object_or_404(Inquiry.objects.select_related("subject"), pk=inquiry_id, officer=request.user)
    looks = Look.objects.filter(actor=one.subject, at__date__gte=one.first_day, at__date__lte=one.last_day)
    page = Paginator(read_log.grouped(looks), ON_A_PAGE).get_page(request.GET.get("page"))
    told = _with_names(request, read_log.in_words(page))
    return render(request, "trust/inquiry.html", {"inquiry": one, "page": page, "told": told})


@requires(Permission.SEE_OWN_PAGE)
@require_safe
def own_looks(request: ActorRequest) -> HttpResponse:
    """What I have looked at myself, as the others can see it. Reading one's own log is no new look at anybody."""
    page = Paginator(read_log.grouped(Look.objects.filter(actor=request.user)), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    looks = read_log.in_words(page)
    citizens = Citizen.objects.in_bulk({one.citizen_id for one in looks})
    context = {"page": page, "told": [(one, citizens.get(one.citizen_id)) for one in looks]}
    return render(request, "trust/own_looks.html", context)
