"""The wording that the templates start with; the office changes it in Word, not here.

`{{name}}` marks a fact. `**words**` are the lead words of a paragraph. The Arabic is a draft for a native
reviewer (D4). Direction marks beside dots and codes keep their order in right-to-left paragraphs.
"""

from intranet.papers.letterhead import Language

L, R = "\u200e", "\u200f"

COMMON: dict[Language, dict[str, str]] = {
    "en": {
        "letter": "Letter",
        "note": "Note",
        "memo": "Memo",
        "request": "Request",
        "date": "Date",
        "page": "Page",
        "of": " of ",
        "page_word": "Page ",
        "subject_label": "Subject:  ",
        "table": "Table {{table_number}}.  {{table_title}}",
        "total": "Total",
        "confidential": "Confidential",
        "only": "For the receiving party only",
        "caveats_heading": "Caveats accompanying the data",
        "tag": "",
        "translation_tag": "",
        "closing": "Yours sincerely,",
        "foot_1": "<kind> **{{<number>}}**   ·   Data set SHA-256 **{{data_set_short}} …**",
        "foot_2": "To verify: the QR code holds the <what> number, the date and the full fingerprint of the data set.",
        "foot_3": "If in doubt, quote the <what> number to the {{coordinator_title}}.",
        "fingerprint": "Data set, SHA-256: {{data_set_sha256}}",
        "dot": "  ·  ",
    },
    "ar": {
        "letter": "رقم الرسالة",
        "note": "رقم المذكرة",
        "memo": "مذكرة",
        "request": "رقم الطلب",
        "date": "التاريخ",
        "page": "الصفحة",
        "of": " من ",
        "page_word": "الصفحة ",
        "subject_label": "الموضوع:  ",
        "table": "الجدول {{table_number}}: {{table_title}}",
        "total": "المجموع",
        "confidential": "سري",
        "only": "للجهة المتلقية وحدها",
        "caveats_heading": "المحاذير المرافقة للبيانات",
        "tag": "Authoritative text (English)",
        "tag_ar": "النص ذو الحجية (بالإنكليزية)",
        "translation_tag": "ترجمة غير رسمية",
        "closing": "وتفضلوا بقبول فائق الاحترام،",
        "foot_1": "<what> **{{<number>}}**"
        + R
        + "   ·   "
        + R
        + "بصمة البيانات SHA-256 **{{data_set_short}}** …"
        + L,
        "foot_2": "للتحقق: يتضمن الرمز المربع رقم <what> والتاريخ والبصمة الكاملة لمجموعة البيانات.",
        "foot_3": "وعند الشك يُذكر رقم <what> لمكتب التنسيق.",
        "fingerprint": "بصمة مجموعة البيانات (SHA-256): {{data_set_sha256}}",
        "dot": f"{R}  ·  {R}",
    },
}

RELEASE: dict[Language, dict[str, str]] = {
    "en": {
        "subject": "Release of consolidated data on SEA allegations, {{period_short}}",
        "requested": "**Requested.** On {{requested_on}} you asked for consolidated data on reported allegations of "
        "sexual exploitation and abuse (SEA) in Iraq. Purpose: {{purpose}}",
        "released": "**Released.** {{tables_phrase}}, to {{recipient_organization}}, for that purpose only. "
        "Nothing in the data identifies a survivor, an alleged perpetrator or a data gathering organization.",
        "period": "**Period.** {{period}}.",
        "completeness": "**Completeness.** {{completeness}}",
        "source": "The data may be used only together with these caveats, quoted word for word from section 7B of "
        "the information sharing protocol (edition {{edition_number}}, endorsed on {{edition_date}}).",
        "onward": "**Onward sharing.** You gave your written guarantee on {{guaranteed_on}}. "
        "This rule of section 7B of the protocol applies:",
        "authorization": "**Authorization.** Authorized in writing by the {{authorization_capacity}} on "
        "{{authorized_on}}.",
        "what": "letter",
    },
    "ar": {
        "subject": "بيانات موحدة عن ادعاءات الاستغلال والانتهاك الجنسيين، {{period_short}}",
        "requested": "**الطلب:** طلبتم في {{requested_on}} بيانات موحدة عن ادعاءات الاستغلال والانتهاك الجنسيين "
        "المبلَّغ عنها في العراق، للغرض الآتي: {{purpose}}",
        "released": "**ما يُتاح:** {{tables_phrase}}، إلى {{recipient_organization}}، لهذا الغرض دون سواه. "
        "وليس في البيانات ما يكشف هوية أي ناجٍ أو ناجية، أو أي شخص منسوب إليه الفعل، أو أي منظمة جمعت البيانات.",
        "period": "**الفترة:** {{period}}.",
        "completeness": "**الاكتمال:** {{completeness}}",
        "source": "لا تُستخدم البيانات إلا مقترنةً بهذه المحاذير، وهي منقولة حرفياً من القسم 7B من بروتوكول تبادل "
        "المعلومات (الإصدار {{edition_number}}، المقرّ في {{edition_date}}). والنص الإنكليزي هو النص ذو الحجية.",
        "onward": "**المشاركة مع الغير:** تعهدتم خطياً في {{guaranteed_on}} بعدم تعميم هذه البيانات على أي جهة "
        "أخرى. ووفقاً للقسم 7B من البروتوكول، يُحال أي طلب للاطلاع عليها إلى {{coordinator_title}} للتشاور مع "
        "{{authorizing_office}} من أجل الموافقة النهائية.",
        "authorization": "**الإذن:** أُذن به خطياً من {{authorization_capacity}} في {{authorized_on}}.",
        "what": "الرسالة",
    },
}

OWN_DATA: dict[Language, dict[str, str]] = {
    "en": {
        "subject": "Own statistics on reported SEA allegations, {{period_short}}",
        "requested": "**Purpose.** {{purpose}}",
        "released": "**Data.** The statistics of {{organization}} alone, for internal and donor reporting. They name "
        "no survivor, alleged perpetrator or other person and hold no data of another organization.",
        "period": "**Period.** {{period}}.",
        "caveats_heading": "Caveat accompanying the statistics",
        "source": "Quoted word for word from section 7A of the information sharing protocol (edition "
        "{{edition_number}}, endorsed on {{edition_date}}). It goes with the statistics wherever they go.",
        "foot_3": "If in doubt, quote the note number to {{organization}}.",
        "what": "note",
    },
    "ar": {
        "subject": "إحصاءات المنظمة عن ادعاءات الاستغلال والانتهاك الجنسيين، {{period_short}}",
        "requested": "**الغرض:** {{purpose}}",
        "released": "**البيانات:** إحصاءات {{organization}} وحدها، لأغراض التقارير الداخلية وتقارير المانحين. وليس "
        "فيها اسم أي ناجٍ أو ناجية، أو أي شخص منسوب إليه الفعل، أو أي شخص آخر، ولا بيانات منظمة أخرى.",
        "period": "**الفترة:** {{period}}.",
        "caveats_heading": "المحذور المرافق للإحصاءات",
        "source": "منقول حرفياً من القسم 7A من بروتوكول تبادل المعلومات (الإصدار {{edition_number}}، المقرّ في "
        "{{edition_date}}). والنص الإنكليزي هو النص ذو الحجية، ويرافق الإحصاءات حيثما أُرسلت.",
        "foot_3": "وعند الشك يُذكر رقم المذكرة إلى {{organization}}.",
        "what": "المذكرة",
    },
}

MEMO: dict[Language, dict[str, str]] = {
    "en": {
        "to": "To: {{authorizing_office}}",
        "from": "From: {{coordinator_title}}, {{network}}",
        "subject": "Written authorization to share consolidated data, request {{request_number}}",
        "intro": "**Receiving party.** {{receiving_party}}",
        "items_heading": "The request, word for word (section 7B of the protocol)",
        "data_heading": "What would be shared",
        "tables": "**Tables.** {{table_names}}",
        "period": "**Period.** {{period}}, national, for the whole period. This memo holds no figure.",
        "consents": "**Answers.** {{consents}} Silence was never counted as an authorization.",
        "data_set": "**Data set.** SHA-256",
        "statement_heading": "Decision of the office",
        "statement": "In the capacity named below I decide on the sharing of exactly the data set with this SHA-256 "
        "with the receiving party named above, for the purpose stated, together with the caveats C1 to C3 of "
        "section 7B of the protocol (edition {{edition_number}}, endorsed on {{edition_date}}). Any change of the "
        "data voids this decision.",
        "yes": "☐  Authorized          ☐  Not authorized",
        "remarks": "Remarks",
        "sign_name": "Name",
        "sign_capacity": "Capacity",
        "sign_date": "Date and signature",
        "what": "request",
    },
    "ar": {
        "to": "إلى: {{authorizing_office}}",
        "from": "من: {{coordinator_title}}، {{network}}",
        "subject": "إذن خطي بمشاركة بيانات موحدة، الطلب {{request_number}}",
        "intro": "**الجهة المتلقية:** {{receiving_party}}",
        "items_heading": "الطلب بنصه (القسم 7B من البروتوكول)",
        "data_heading": "البيانات المراد مشاركتها",
        "tables": "**الجداول:** {{table_names}}",
        "period": "**الفترة:** {{period}}، على المستوى الوطني وعن الفترة كلها. ولا ترد في هذه المذكرة أي أرقام.",
        "consents": "**الردود:** {{consents}} ولم يُعدّ عدم الرد إذناً قط.",
        "data_set": "**مجموعة البيانات:** SHA-256",
        "statement_heading": "قرار المكتب",
        "statement": "بالصفة المبينة أدناه أقرر في شأن مشاركة مجموعة البيانات ذات البصمة المبينة أعلاه دون سواها مع "
        "الجهة المتلقية المذكورة، للغرض المبين، مقترنةً بالمحاذير C1 إلى C3 من القسم 7B من البروتوكول (الإصدار "
        "{{edition_number}}، المقرّ في {{edition_date}}). وأي تغيير في البيانات يُبطل هذا القرار.",
        "yes": "☐  أُذن به          ☐  لم يُؤذن به",
        "remarks": "ملاحظات",
        "sign_name": "الاسم",
        "sign_capacity": "الصفة",
        "sign_date": "التاريخ والتوقيع",
        "what": "الطلب",
    },
}
