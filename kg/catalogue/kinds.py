"""The kinds of parameters: what a value may be, and what it is called in messages."""

from dataclasses import dataclass

from kg.namespaces import RIE, RIEC, SCHEMA
from kg.wording import Wording

_PLACES = (f"{RIE}PrefectureLevelCity", f"{RIE}Province", f"{RIE}District", f"{RIE}EconomicRegion", f"{SCHEMA}Country")
_ORGANISATIONS = (
    f"{RIE}ResearchInstitute",
    f"{RIE}InnovationPlatform",
    f"{RIE}InnovationZone",
    f"{RIE}InnovationTeam",
    f"{RIE}OrganisationGroup",
    f"{RIE}Fund",
    f"{SCHEMA}CollegeOrUniversity",
    f"{SCHEMA}Corporation",
    f"{SCHEMA}GovernmentOrganization",
)
_PROGRAMMES = (f"{RIE}Programme", f"{RIE}Campaign", f"{RIE}PolicyDocument", f"{RIE}Mechanism", f"{RIE}Fund", f"{RIE}PolicyMeasure")


@dataclass(frozen=True, slots=True)
class Kind:
    """``classes``: a name must belong to one of them (none given: any). ``scheme``: start of the IRIs of a code list.

    ``literal`` names the datatype of a value that is no name: ``integer``, ``date`` or ``string``.
    """

    label: Wording
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    literal: str | None = None


KINDS: dict[str, Kind] = {
    "thing": Kind(Wording("名称", "a name")),
    "person": Kind(Wording("人物", "a person"), (f"{SCHEMA}Person",)),
    "organisation": Kind(Wording("机构、平台、园区或基金", "an organisation, platform, park or fund"), _ORGANISATIONS),
    "place": Kind(Wording("地方", "a place"), _PLACES),
    "body": Kind(Wording("政府部门或地方", "a government body or place"), (f"{SCHEMA}GovernmentOrganization", *_PLACES)),
    "programme": Kind(Wording("政策、计划、行动、机制或基金", "a policy, programme, campaign, mechanism or fund"), _PROGRAMMES),
    "status": Kind(Wording("状态", "a status"), scheme=RIEC),
    "measure": Kind(Wording("计量方式", "a kind of measure"), scheme=RIEC),
    "predicate": Kind(Wording("关系", "a relation"), scheme=RIE),
    "report": Kind(Wording("报告", "a report"), (f"{RIE}SourceDocument",)),
    "text": Kind(Wording("文字", "a piece of text"), literal="string"),
    "number": Kind(Wording("非负整数", "a whole number, 0 or more"), literal="integer"),
    "date": Kind(Wording("日期（如 2020-04-30）", "a date such as 2020-04-30"), literal="date"),
}
