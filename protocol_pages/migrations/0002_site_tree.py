"""The site's first pages, the closed root collection, and no groups but our own (W1, W7, D16)."""

from django.db import migrations

CHILDREN = [
    ("ProtocolPage", "protocol", "Information sharing protocol", {}),
    ("ResourceIndexPage", "resources", "Resources", {"intro": "Training and other resources, with language, theme, year and body."}),
    ("GuidanceIndexPage", "guidance", "Guidance", {"intro": "How the network works with the protocol. The protocol's text decides."}),
    ("NewsIndexPage", "news", "News", {"intro": ""}),
    ("ReportingChannelsPage", "how-to-report", "How to report", {"language": "en", "summary": "", "body": ""}),
]


def build(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    Collection = apps.get_model("wagtailcore", "Collection")
    Restriction = apps.get_model("wagtailcore", "CollectionViewRestriction")
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")

    locale = Locale.objects.get_or_create(language_code="en")[0]

    def add(name, path, depth, slug, title, url_path, numchild, fields):
        model = apps.get_model("protocol_pages", name)
        kind = ContentType.objects.get_or_create(app_label="protocol_pages", model=name.lower())[0]
        return model.objects.create(
            title=title, draft_title=title, slug=slug, content_type=kind, path=path, depth=depth,
            numchild=numchild, url_path=url_path, locale=locale, live=True, **fields,
        )

    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()  # Wagtail's own welcome page
    home = add("HomePage", "00010001", 2, "home", "PSEA Network", "/home/", len(CHILDREN), {})
    Page.objects.filter(depth=1).update(numchild=1)
    for number, (name, slug, title, fields) in enumerate(CHILDREN, 1):
        add(name, f"00010001{number:04d}", 3, slug, title, f"/home/{slug}/", 0, fields)
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="PSEA Network")

    Group.objects.filter(name__in=("Moderators", "Editors")).delete()  # Wagtail's; ours come from capacities
    for collection in Collection.objects.filter(depth=1):
        Restriction.objects.get_or_create(collection=collection, restriction_type="login")


class Migration(migrations.Migration):
    dependencies = [
        ("protocol_pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
