"""
Books that somebody spoils, and what an audit says of them.
"""

from portail_core.domain.ids import HouseholdId


def spoil(world, change):
    """
    Put what *change* makes of the household's rows.
    """
    household = HouseholdId("id-2")
    with world.store.transaction() as tx:
        of = tx.of(household)
        for record in change(tx, of):
            tx.put(record)


def codes(found):
    return {one.question.code for one in found.discrepancies}
