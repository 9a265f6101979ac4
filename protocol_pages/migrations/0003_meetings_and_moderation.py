"""The meetings section in the page tree, and the workflow of the sections that two editors look after."""

from django.db import migrations

SECTIONS = ("newsindexpage", "guidanceindexpage", "meetingindexpage")


def build(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    MeetingIndexPage = apps.get_model("protocol_pages", "MeetingIndexPage")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Task = apps.get_model("protocol_pages", "SecondEditorTask")

    home = Page.objects.filter(depth=2, content_type__model="homepage").first()
    if home is not None and not Page.objects.filter(content_type__model="meetingindexpage").exists():
        kind = ContentType.objects.get_or_create(app_label="protocol_pages", model="meetingindexpage")[0]
        taken = [p.path for p in Page.objects.filter(path__startswith=home.path, depth=3)]
        step = max((int(path[-4:], 36) for path in taken), default=0) + 1
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        last = ""
        for _place in range(4):
            last = digits[step % 36] + last
            step //= 36
        MeetingIndexPage.objects.create(
            title="Meetings", draft_title="Meetings", slug="meetings", content_type=kind, path=home.path + last,
            depth=3, numchild=0, url_path=home.url_path + "meetings/", locale=home.locale, live=True,
            intro="Meetings of the network: when, where, agenda and minutes.",
        )
        Page.objects.filter(pk=home.pk).update(numchild=len(taken) + 1)

    kind = ContentType.objects.get_or_create(app_label="protocol_pages", model="secondeditortask")[0]
    task = Task.objects.create(name="Second pair of eyes", active=True, content_type=kind)
    flow = Workflow.objects.create(name="Second pair of eyes", active=True)
    WorkflowTask.objects.create(workflow=flow, task_id=task.pk, sort_order=0)
    for page in Page.objects.filter(content_type__model__in=SECTIONS, content_type__app_label="protocol_pages"):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": flow})


class Migration(migrations.Migration):
    dependencies = [("protocol_pages", "0002_site_tree")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
