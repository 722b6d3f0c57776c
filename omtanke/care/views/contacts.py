"""Pages about a citizen's named contacts: who it is and was, choose and change, remind, and the card for the fridge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.candidates import LATELY, candidates
from omtanke.care.contact_card import PAPERS, card
from omtanke.care.contact_forms import NOBODY, ChooseForm
from omtanke.care.contacts import (
    AlreadyHandedOver,
    AlreadyHasContact,
    AlreadyTheirContact,
    end_contact,
    hand_over,
    name_contact,
)
from omtanke.care.models import NamedContact, Reminder
from omtanke.care.reminders import IN_SIGHT, remind, reminders_of, take_back
from omtanke.people.models import Belonging, Citizen, Employee
from omtanke.shell.pdf import pdf_response


@requires(Permission.SEE_CITIZEN)
@require_safe
def contacts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Who it is, who it was, and whether the citizen has been told."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    today = timezone.localdate()
    everybody = NamedContact.objects.filter(citizen=citizen).select_related("employee").order_by("-since", "-pk")
    by_role = [
        {
            "role": role,
            "label": role.label,
            "now": next((one for one in everybody if one.role == role and _is_now(one)), None),
            "to_come": next((one for one in everybody if one.role == role and one.since > today), None),
        }
        for role in NamedContact.Role
    ]
    due = reminders_of([citizen_id], today).get(citizen_id)
    context = {
        "citizen": citizen,
        "by_role": by_role,
        "earlier": [one for one in everybody if one.until and one.until <= today],
        "due": due,
        "due_soon": due is not None and due <= today + IN_SIGHT,
        "last_told": Reminder.objects.filter(citizen=citizen).select_related("told_by").order_by("-on").first(),
        "today": today,
        "may_choose": _may_choose_for(request, citizen),
        "may_write": request.actor.may(Permission.WRITE_ABOUT_CITIZEN),
    }
    return render(request, "care/contacts.html", context)


def _is_now(contact: NamedContact) -> bool:
    today = timezone.localdate()
    return contact.since <= today and (contact.until is None or contact.until > today)


def _may_choose_for(request: ActorRequest, citizen: Citizen) -> bool:
    """Does the actor choose contacts in one of the citizen's units?"""
    units = Belonging.objects.current().filter(citizen=citizen).values_list("unit_id", flat=True)
    return request.actor.may_in_one_of(Permission.CHOOSE_CONTACTS, units)


@requires(Permission.CHOOSE_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_contact(request: ActorRequest, citizen_id: int, role: str) -> HttpResponse:
    """Choose or change the primary or the secondary contact. Nobody needs to say why."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    if role not in NamedContact.Role.values:
        raise Http404
    if not _may_choose_for(request, citizen):
        raise PermissionDenied
    look(request, [citizen_id])
    now = NamedContact.objects.filter(citizen=citizen, role=role, until=None).select_related("employee").first()
    known, others = candidates(citizen, but=now.employee if now else None, on=timezone.localdate())
    form = ChooseForm(
        request.POST if request.method == "POST" else None,
        now=now,
        candidates=[*known, *others],
        initial={"on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, citizen, role, form)
            return redirect("care:contacts", citizen_id)
        except (AlreadyHandedOver, AlreadyHasContact):
            form.add_error(None, _("A colleague was first. Look at who it is now."))
        except AlreadyTheirContact:
            form.add_error("employee", _("This one is the primary contact already, and cannot be both."))
    context: dict[str, Any] = {
        "citizen": citizen,
        "form": form,
        "now": now,
        "role": NamedContact.Role(role),
        "groups": [
            (_("Has been there lately"), known),
            (_("Others in the unit"), others),
        ],
        "weeks": LATELY.days // 7,
        "nobody": NOBODY,
        "chosen": form["employee"].value(),
    }
    return render(request, "care/choose_contact.html", context, status=422 if form.errors else 200)


def _carry_out(request: ActorRequest, citizen: Citizen, role: str, form: ChooseForm) -> None:
    """End, hand over, or name, as chosen, and say what was done."""
    chosen, on = form.cleaned_data["employee"], form.cleaned_data["on"]
    who = {"name": citizen.first_name}
    if chosen == NOBODY and form.now:
        end_contact(form.now, by=request.user, on=on)
        messages.success(request, _("%(employee)s is no longer the contact.") % {"employee": form.now.employee.name})
        return
    employee: Employee = form.candidates[chosen]
    if form.now:
        hand_over(form.now, employee, by=request.user, on=on)
    else:
        name_contact(citizen, employee, role, by=request.user, on=on)
    messages.success(request, _("%(employee)s is chosen for %(name)s.") % {"employee": employee.name, **who})


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def tell_contacts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """They have been told today who the contacts are; or, with `undo`, not after all."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    today = timezone.localdate()
    if "undo" in request.POST:
        take_back(citizen, on=today)
        messages.success(request, _("Taken back."))
    else:
        remind(citizen, by=Employee.objects.filter(user=request.user).first(), on=today)
        messages.success(request, _("Good. We remind you when it is time again."))
    return redirect("care:contacts", citizen_id)


@requires(Permission.SEE_CITIZEN)
@require_safe
def contact_card(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The card for the fridge as PDF; `?paper=a5` makes it half as large."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    paper = request.GET.get("paper", "a4")
    said = card(citizen, paper if paper in PAPERS else "a4")
    return pdf_response("care/contact_card.typ", said, filename=f"{slugify(citizen.first_name) or 'card'}.pdf")
