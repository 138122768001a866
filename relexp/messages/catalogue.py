"""Every sentence the product says about sheets, rules and plans, in English, under a code that translations share."""

from __future__ import annotations

from relexp.messages.app_messages import APP
from relexp.messages.arrive_messages import ARRIVE
from relexp.messages.cli_messages import CLI
from relexp.messages.evening_messages import EVENINGS
from relexp.messages.exercise_messages import EXERCISE
from relexp.messages.hand_messages import HAND
from relexp.messages.kept_learning_messages import KEPT_LEARNING
from relexp.messages.lead_messages import LEAD
from relexp.messages.leader_messages import LEADER
from relexp.messages.learn_messages import LEARN
from relexp.messages.measure_messages import MEASURES
from relexp.messages.mix_messages import MIX
from relexp.messages.pairing_messages import PAIRING
from relexp.messages.paper_messages import PAPER
from relexp.messages.print_messages import PRINT
from relexp.messages.reading_messages import READING
from relexp.messages.record_messages import RECORD
from relexp.messages.reflect_messages import REFLECT
from relexp.messages.row_messages import ROW
from relexp.messages.rule_messages import RULES
from relexp.messages.run_messages import RUN
from relexp.messages.sheet_messages import SHEETS
from relexp.messages.store_messages import STORE
from relexp.messages.survey_messages import SURVEY
from relexp.messages.table_messages import TABLES
from relexp.messages.tool_messages import TOOLS
from relexp.messages.unit_messages import UNITS
from relexp.messages.verify_messages import VERIFY
from relexp.messages.wish_messages import WISHES
from relexp.messages.words_messages import WORDS
from relexp.messages.woven_messages import WOVEN

TEMPLATES: dict[str, str] = {
    "list.more": "{things} and {count} more",
    "place.row": "row {row}",
    "place.column": "column “{column}”",
    "place.line": "line {line}",
    "place.key": "“{key}”",
    **APP,
    **ARRIVE,
    **CLI,
    **EVENINGS,
    **EXERCISE,
    **HAND,
    **KEPT_LEARNING,
    **LEAD,
    **LEADER,
    **LEARN,
    **MEASURES,
    **MIX,
    **PAIRING,
    **PAPER,
    **PRINT,
    **READING,
    **RECORD,
    **REFLECT,
    **ROW,
    **RULES,
    **RUN,
    **SHEETS,
    **STORE,
    **SURVEY,
    **TABLES,
    **TOOLS,
    **UNITS,
    **VERIFY,
    **WISHES,
    **WORDS,
    **WOVEN,
}
