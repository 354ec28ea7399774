"""Whom the routes of records, intake and lists are for."""

from core.staff.roles import Deed

_SEES = {Deed.TAKE_IN, Deed.APPROVE_PUBLICATION, Deed.APPROVE_WITHDRAWAL}

OF_RECORDS = {
    "GET /console/records/": {Deed.FIND_RECORDS},
    "POST /console/records/person": {Deed.READ_PERSON},
    "GET /console/records/<int(max=999999999999):record_id>": {Deed.FIND_RECORDS},
    "POST /console/records/<int(max=999999999999):record_id>/open": {Deed.READ_PERSON},
    "POST /console/records/<int(max=999999999999):record_id>/correct": {Deed.CORRECT_RECORD},
    "POST /console/records/<int(max=999999999999):record_id>/quarantine": {Deed.QUARANTINE_RECORD},
    "POST /console/records/<int(max=999999999999):record_id>/release": {Deed.QUARANTINE_RECORD},
    "POST /console/records/<int(max=999999999999):record_id>/shield": {Deed.CORRECT_RECORD},
    "POST /console/records/<int(max=999999999999):record_id>/unshield": {Deed.CORRECT_RECORD},
    "POST /console/records/<int(max=999999999999):record_id>/withdraw": {Deed.ASK_WITHDRAWAL},
    "GET /console/intake/": _SEES,
    "POST /console/intake/": {Deed.TAKE_IN},
    "GET /console/intake/<int(max=999999999999):upload_id>": _SEES,
    "GET /console/intake/<int(max=999999999999):upload_id>/now": _SEES,
    "GET /console/intake/<int(max=999999999999):upload_id>/report": _SEES,
    "GET /console/intake/batches/<int(max=999999999999):batch_id>": _SEES,
    "POST /console/intake/batches/<int(max=999999999999):batch_id>/publish": {Deed.ASK_PUBLICATION},
    "POST /console/intake/batches/<int(max=999999999999):batch_id>/withdraw": {Deed.ASK_WITHDRAWAL},
    "GET /console/lists/": {Deed.SEE_LISTS},
    "POST /console/lists/<list_kind>/release": {Deed.MAKE_RELEASE},
    "GET /console/lists/releases/<int(max=999999999999):release_id>": {Deed.SEE_LISTS},
}
