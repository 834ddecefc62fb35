"""
What families change: a request before paying, a booked day after.
"""

from portail_core.domain.requests import LineState
from tests.simulation.families import Families
from tests.simulation.town import OFFER


class Changes(Families):
    """
    A part of `Simulation`.
    """

    def change_request(self):
        """
        Other days or amplitudes for a request that waits, perhaps no longer
        once the family made up its mind.
        """
        held = [
            (household, request)
            for household, request in self.all_requests()
            if request.is_held()
        ]
        if not held:
            return
        household, request = self.random.choice(held)
        desk = self.town.desk(household)
        days = self.days_of(request)
        shown = desk.planning.quote_change(request.number, days).total
        self.think()
        self.command(
            household,
            lambda desk, key: desk.planning.change_request(
                request.number, days, shown_total=shown, command=key
            ),
        )

    def all_requests(self):
        with self.town.store.reading() as reading:
            return [
                (household, request)
                for household in self.town.households
                for request in reading.of(household.id).requests()
            ]

    def days_of(self, request):
        """
        Some of its days, and others.
        """
        offered = OFFER[request.asked.period]
        days = {
            line.day: line.amplitude
            for line in request.lines
            if self.random.random() < 0.6
        }
        for day in self.random.sample(
            self.days, self.random.randint(0, len(self.days))
        ):
            days[day] = self.random.choice(offered)
        return days

    def change_day(self):
        """
        Another amplitude for a booked day: dearer, cheaper, or as dear.
        """
        booked = [
            (household, request, line)
            for household, request in self.all_requests()
            for line in request.lines
            if line.state is LineState.CONFIRMED
        ]
        if not booked:
            return
        household, request, line = self.random.choice(booked)
        desk = self.town.desk(household)
        amplitude = self.another(request, line)
        number, day = request.number, line.day
        shown = desk.planning.preview_day_change(number, day, amplitude)
        self.think()
        changed = self.command(
            household,
            lambda desk, key: desk.planning.change_day(
                number, day, amplitude, shown=shown, command=key
            ),
        )
        if changed.held and self.random.random() < 0.6:
            self.pay(household, request.asked.regie)

    def another(self, request, line):
        """
        An amplitude, mostly another.
        """
        offered = OFFER[request.asked.period]
        others = [code for code in offered if code != line.amplitude]
        if not others or self.random.random() < 0.03:
            return line.amplitude
        return self.random.choice(others)

    def think(self):
        """
        What the family was shown may be stale when it answers.
        """
        if not self.chaos.nested and self.random.random() < 0.15:
            self.chaos.nested = True
            try:
                self.meanwhile()
            finally:
                self.chaos.nested = False
