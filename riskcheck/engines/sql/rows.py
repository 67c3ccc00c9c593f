"""Conditions over rows as SQL: quantifiers, counts and shares, as `riskcheck.expr.rowmeanings` defines them.

Rows are looked at in a scope; what all of them come to is a column of the scope around it. A table's rows are one scope
for all conditions that hang on no outer row, so that it is grouped once.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.engines.sql import joins
from riskcheck.engines.sql.numbers import ENDLESS, NotInSql, Span, at, equal, share_of
from riskcheck.engines.sql.origins import Elements, Pairs, RowsOfGroups, TableRows
from riskcheck.engines.sql.query import Query
from riskcheck.engines.sql.scopes import Origin, Scope, is_name
from riskcheck.engines.sql.values import Element, Limits, Lowering
from riskcheck.expr import typed
from riskcheck.expr.dependence import names_free
from riskcheck.expr.typed import TEXTS, Aggregate, AggregateName, Expression, FilterRows, GroupRows, Source
from riskcheck.frozen import frozen
from riskcheck.model.number import SCALE


@frozen
class GroupScope:
    """What a `groups` variable stands for: the groups, the rows that they are made of, and these rows' columns."""

    groups: Scope
    rows: Scope
    member: str
    key: str
    empty: str


@frozen
class Found:
    """The rows of a source: their scope, and the SQL of whether each belongs."""

    scope: Scope
    member: str


def counting(condition: str) -> str:
    """The aggregate that counts the rows of which a condition, named, is true."""
    return "count(*)" if condition == "TRUE" else f"count(CASE WHEN {condition} THEN 1 END)"


class RowsLowering(Lowering):
    """Adds quantifiers and counts."""

    def __init__(self, query: Query, limits: Limits) -> None:
        super().__init__(query, limits)
        self.groups: dict[str, GroupScope] = {}

    # ------------------------------------------------------------ where rows are looked at

    def home(self, node: Expression | Source) -> Scope:
        """The innermost scope on which a node hangs: what it comes to is found out there, once."""
        scopes = [self.query.projects]
        for name in names_free(node):
            row, element, group = self.rows.get(name), self.elements.get(name), self.groups.get(name)
            scopes += [each for each in (row, element and element.scope, group and group.groups) if each]
        return max(scopes, key=lambda scope: len(list(scope.around())))

    def source(self, source: Source, matched: Sequence[tuple[str, Expression]] = ()) -> Found:
        """The rows of a source, seen from the scope. `matched`: further conditions that rows of use must meet."""
        if isinstance(source, FilterRows):
            inner = self.source(source.source, (*matched, (source.variable, source.condition)))
            with self.row(source.variable, inner.scope):
                met = self.named_truth(source.condition)
            return Found(inner.scope, met if inner.member == "TRUE" else f"({inner.member} AND {met})")
        if isinstance(source, GroupRows):
            return self.group_rows(self.groups[source.variable])
        return Found(self.table_rows(source.table, tuple(self.equal_keys(matched))), "TRUE")

    def equal_keys(self, matched: Sequence[tuple[str, Expression]]) -> list[tuple[str, str]]:
        """The texts that rows must share with an outer row: a column of theirs, and the name of the outer text."""
        if self.scope.parent is None:
            return []
        found = []
        for variable, condition in matched:
            for own, outer in joins.equal_texts(variable, condition, {name for name, _ in matched}):
                text = self.scope.named(self.text(outer))
                if is_name(text):
                    found.append((self.query.tables.column(own), text))
        return found

    def table_rows(self, table: str, on: tuple[tuple[str, str], ...]) -> Scope:
        """The rows of a table, with each row of the scope."""
        around, name = self.scope, self.query.tables.name(table)

        def origin(row: str) -> Origin:
            return TableRows(around, name, row) if around.parent is None else Pairs(around, name, row, on)

        level = max([0, *[around.level_of(outer) for _, outer in on]])
        return self.query.scope(("rows", id(around), table, on), origin, around, level)

    def group_rows(self, group: GroupScope) -> Found:
        """The rows of a group; those whose key is missing may belong to it."""
        if self.scope is not group.groups:
            raise NotInSql("rows of a group beside each other")

        def origin(row: str) -> Origin:
            return RowsOfGroups(group.groups, group.rows, group.member, (group.key, group.empty), row)

        scope = self.query.scope(("rows of", id(group.groups)), origin, group.groups)
        scope.inner = group.rows
        key, member = self.carried(scope, group.key), self.carried(scope, group.member)
        return Found(scope, scope.named(f"(CASE WHEN {key} IS NOT NULL THEN {member} END)"))

    def carried(self, scope: Scope, name: str) -> str:
        """The name, in a scope of the rows of groups, of what has a name among the rows."""
        return scope.cell(name) if is_name(name) else name

    def cell_in(self, scope: Scope, column: str) -> str:
        return scope.cell(self.cell_in(scope.inner, column)) if scope.inner is not None else scope.cell(column)

    def open(self, source: Source) -> str:
        """Whether there may be further rows."""
        return self.query.projects.cell(self.query.tables.open(source.table))

    # ------------------------------------------------------------ what all rows come to

    def total(self, found: Found, sql: str, nothing: str = "0") -> str:
        """The SQL, in the scope, of an aggregate over all rows; `nothing` where there are none."""
        name = self.query.asked(found.scope, self.scope, sql)
        return name if nothing == "NULL" else f"coalesce({name}, {nothing})"

    def number_of(self, found: Found, condition: str) -> str:
        """The name of how many rows surely meet a condition."""
        named = found.scope.named(condition)
        return self.scope.named(self.total(found, counting(named)))

    def some(self, found: Found, condition: str, uncertain: str) -> str:
        """OR over the rows of a condition; where it is `uncertain` whether there are further ones never false."""
        named = found.scope.named(condition)
        code = self.dialect.small(f"CASE WHEN {named} THEN 2 WHEN {named} IS NULL THEN 1 ELSE 0 END")
        if named == "TRUE":
            code = self.dialect.small("2")
        found_code = self.total(found, f"max({code})")
        return (
            f"(CASE {found_code} WHEN 2 THEN TRUE WHEN 1 THEN NULL ELSE "
            f"(CASE WHEN {uncertain} THEN NULL ELSE FALSE END) END)"
        )

    def rows_exist(self, source: Source) -> str:
        """Whether a source has a row."""
        found = self.source(source)
        return self.some(found, found.member, self.open(source))

    def condition(self, found: Found, variable: str, node: Expression) -> str:
        """The name of a condition on each row."""
        with self.row(variable, found.scope):
            return self.named_truth(node)

    def truth_of_rows(self, node: Aggregate) -> str:
        with self.at(self.home(node)):
            return self.scope.named(self.found_truth(node))

    def found_truth(self, node: Aggregate) -> str:
        """The SQL, in the scope, of a macro that gives a truth."""
        if node.name is AggregateName.ALL:
            found = self.source(node.source)
            met = self.condition(found, node.variable, node.args[0])
            return f"(NOT {self.some(found, f'({found.member} AND NOT {met})', self.open(node.source))})"
        if node.name in (AggregateName.EXISTS, AggregateName.EXISTS_ONE):
            found = self.source(node.source, ((node.variable, node.args[0]),))
            both = f"({found.member} AND {self.condition(found, node.variable, node.args[0])})"
            if node.name is AggregateName.EXISTS:
                return self.some(found, both, self.open(node.source))
            return equal(self.counted(found, both, node.source), at("1"))
        raise NotInSql(node.name.value)

    def counted(self, found: Found, condition: str, source: Source) -> Span:
        """How many rows meet a condition."""
        named = found.scope.named(condition)
        sure = self.number_of(found, named)
        possible = self.number_of(found, f"({named} IS NOT FALSE)")
        high = self.scope.named(f"(CASE WHEN {self.open(source)} THEN {ENDLESS} ELSE {possible} END)")
        return Span(sure, high, endless=True)

    def number_of_rows(self, node: Aggregate, ranged: bool) -> Span:
        with self.at(self.home(node)):
            found = self.found_number(node)
            low, high = self.scope.named(found.low), self.scope.named(found.high)
            return found._replace(low=low, high=high)

    def found_number(self, node: Aggregate) -> Span:
        """A macro that gives a number, in the scope."""
        if node.name is AggregateName.SIZE:
            found = self.source(node.source)
            return self.counted(found, found.member, node.source)
        if node.name is AggregateName.COUNT:
            found = self.source(node.source, ((node.variable, node.args[0]),))
            met = self.condition(found, node.variable, node.args[0])
            return self.counted(found, f"({found.member} AND {met})", node.source)
        if node.name is AggregateName.SHARE:
            return self.share(node)
        raise NotInSql(node.name.value)

    # ------------------------------------------------------------ shares

    def share(self, node: Aggregate) -> Span:
        """As `riskcheck.expr.tally.Tally.share` has it."""
        found = self.source(node.source)
        met = self.condition(found, node.variable, node.args[0])
        tolerant = self.number(node.args[1]).low if len(node.args) > 1 else "0"
        if found.member == "TRUE":
            bad, all_rows = self.number_of(found, met), self.number_of(found, "TRUE")
            possible = self.number_of(found, f"({met} IS NOT FALSE)")
            most_rows, rows, with_fine = all_rows, all_rows, all_rows
        else:
            member = found.scope.named(found.member)
            bad, rows = self.number_of(found, f"({member} AND {met})"), self.number_of(found, member)
            maybe_not_bad = self.number_of(found, f"({member} IS NULL AND {met} IS NOT TRUE)")
            maybe_bad = self.number_of(found, f"({member} IS NULL AND {met} IS NOT FALSE)")
            maybe_fine = self.number_of(found, f"({member} IS NULL AND NOT {met})")
            sure_bad = self.number_of(found, f"({member} AND {met} IS NOT FALSE)")
            possible = self.scope.named(f"({sure_bad} + {maybe_bad})")
            all_rows = self.scope.named(f"({rows} + {maybe_not_bad})")
            most_rows = self.scope.named(f"({rows} + {maybe_bad})")
            with_fine = self.scope.named(f"({most_rows} + {maybe_fine})")
        return self.tolerated(node, (rows, bad, all_rows), (possible, most_rows, with_fine), tolerant)

    def tolerated(
        self, node: Aggregate, least: tuple[str, str, str], most: tuple[str, str, str], tolerant: str
    ) -> Span:
        """The ends of a share: one bad row is tolerated below so many rows."""
        (rows, bad, all_rows), (possible, most_rows, with_fine) = least, most
        low, high = share_of(bad, all_rows, self.scope), share_of(possible, most_rows, self.scope)
        if tolerant != "0":
            low = f"(CASE WHEN {bad} <= 1 AND {rows} < {tolerant} THEN 0 ELSE {low} END)"
            beyond = share_of(possible, tolerant, self.scope)
            few = f"(CASE WHEN {with_fine} >= {tolerant} THEN {beyond} ELSE 0 END)"
            high = f"(CASE WHEN {possible} <= 1 AND {most_rows} < {tolerant} THEN {few} ELSE {high} END)"
        is_open = self.open(node.source)
        return Span(
            f"(CASE WHEN {rows} = 0 THEN NULL WHEN {is_open} THEN 0 ELSE {low} END)",
            f"(CASE WHEN {rows} = 0 THEN NULL WHEN {is_open} THEN {SCALE} ELSE {high} END)",
        )

    # ------------------------------------------------------------ elements of lists

    def over_list(self, node: typed.ListQuantifier) -> str:
        """Over the elements of a list that each row has."""
        if node.container.type.item is None or node.container.type.item.kind not in TEXTS:
            raise NotInSql("a list of other than texts")
        with self.at(self.home(node)):
            listed = self.scope.named(self.texts(node.container))
            scope = self.elements_of(listed)
            with self.standing(node.variable, Element(scope.cell("e"), scope)), self.at(scope):
                met = self.named_truth(node.condition)
            return self.scope.named(self.of_elements(node, Found(scope, "TRUE"), met, listed))

    def elements_of(self, listed: str) -> Scope:
        """The scope of the elements of a list."""
        around = self.scope
        key = ("elements", id(around), listed)
        return self.query.scope(key, lambda place: Elements(around, listed, place), around, around.level_of(listed))

    def of_elements(self, node: typed.ListQuantifier, found: Found, met: str, listed: str) -> str:
        true, false = self.number_of(found, met), self.number_of(found, f"(NOT {met})")
        size = self.dialect.list_size(listed)
        if node.name == "all":
            result = f"WHEN {false} > 0 THEN FALSE WHEN {true} = {size} THEN TRUE"
        elif node.name == "exists":
            result = f"WHEN {true} > 0 THEN TRUE WHEN {false} = {size} THEN FALSE"
        else:
            result = f"WHEN {true} + {false} = {size} THEN {true} = 1"
        return f"(CASE WHEN {listed} IS NULL THEN NULL {result} END)"
