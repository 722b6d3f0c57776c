"""The seniors of a department, for those who help them get ready; and where the videos are."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.befriending.models import Training, TrainingVideo
from omtanke.befriending.readiness import overview
from omtanke.befriending.senior_forms import VideoForm
from omtanke.befriending.team_meeting import seniors_in

MAY = Permission.LEAD_SENIORS


@requires(MAY)
@require_safe
def seniors(request: ActorRequest) -> HttpResponse:
    """Who still lacks what: to call and help, not to blame."""
    everybody = overview(seniors_in(request.actor.units(MAY)))
    videos = {one.training: one for one in TrainingVideo.objects.all()}
    context = {
        "lacking": [one for one in everybody if one.lacks],
        "ready": [one for one in everybody if not one.lacks],
        "may_take_on": request.actor.may(Permission.TAKE_ON_SENIORS),
        "trainings": [(training, videos.get(training.value)) for training in Training],
    }
    return render(request, "befriending/seniors.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def video(request: ActorRequest, training: str) -> HttpResponse:
    """Link the video of a training, or take the link away."""
    if training not in Training.values:
        raise Http404
    now = TrainingVideo.objects.filter(training=training).first()
    form = VideoForm(request.POST if request.method == "POST" else None, instance=now)
    if request.method == "POST" and "remove" in request.POST:
        TrainingVideo.objects.filter(training=training).delete()
        messages.success(request, _("The link is taken away. The chapters can be read as before."))
        return redirect("befriending:seniors")
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.training, kept.changed_by, kept.changed_at = training, request.user, timezone.now()
        kept.save()
        messages.success(request, _("The video is linked."))
        return redirect("befriending:seniors")
    context = {"form": form, "training": Training(training), "now": now}
    return render(request, "befriending/video.html", context, status=422 if form.errors else 200)
