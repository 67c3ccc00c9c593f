"""Relations between rows as SQL: references, keys and groups, as `riskcheck.expr.relations` defines them."""

from __future__ import annotations

from typing import NamedTuple

from riskcheck.engines.sql.numbers import NotInSql
from riskcheck.engines.sql.origins import Groups
from riskcheck.engines.sql.peaks import PeakLowering
from riskcheck.engines.sql.rows import Found, GroupScope, counting
from riskcheck.engines.sql.scopes import Join, Origin, Scope, is_name
from riskcheck.expr import typed
from riskcheck.expr.dependence import names_free
from riskcheck.expr.relations import kind_of_refs
from riskcheck.expr.typed import ORDERED, TEXTS, Aggregate, AggregateName, Expression, Kind


class Key(NamedTuple):
    """The SQL of a key, NULL if it has no value, and of whether it is known to be empty."""

    value: str
    empty: str


class CheckLowering(PeakLowering):
    """Adds relations between rows: with it, all that has SQL is written."""

    def found_truth(self, node: Aggregate) -> str:
        match node.name:
            case AggregateName.UNIQUE:
                return self.unique(node)
            case AggregateName.LINKED:
                raise AssertionError("written where its key is")
        return super().found_truth(node)

    def truth_of_rows(self, node: Aggregate) -> str:
        return self.linked(node) if node.name is AggregateName.LINKED else super().truth_of_rows(node)

    # ------------------------------------------------------------ keys

    def key(self, node: Expression) -> Key:
        """A key in the scope."""
        kind = node.type.kind
        if kind in TEXTS or kind is Kind.BOOL:
            value = self.scope.named(self.plain(node))
        elif kind in ORDERED:
            found = self.number(node)
            value = found.low
            if not found.point:
                value = self.scope.named(f"(CASE WHEN {found.low} = {found.high} THEN {found.low} END)")
        else:
            raise NotInSql("lists as keys")
        if isinstance(node, typed.RowCell | typed.SingleCell):
            return Key(value, self.cell(node, emptiness=True))
        return Key(value, "FALSE")

    def key_of_rows(self, found: Found, variable: str, node: Expression) -> Key:
        with self.row(variable, found.scope):
            key = self.key(node)
            if not is_name(key.value):
                raise NotInSql("a key that is the same for all rows")
            return key

    def grouped(self, found: Found, key: Key) -> GroupScope:
        """The groups of rows with equal key."""
        rows = found.scope
        member = rows.named(found.member)

        def origin(group: str) -> Origin:
            return Groups(rows, member, key.value, group)

        level = max(rows.level_of(member), rows.level_of(key.value))
        scope = self.query.scope(("groups", id(rows), member, key.value), origin, self.scope, level)
        return GroupScope(scope, rows, member, key.value, key.empty)

    def surely(self, group: GroupScope) -> str:
        """The name, among the groups, of how many of its rows surely belong."""
        return group.groups.cell(counting(group.member))

    def without_key(self, found: Found, key: Key) -> str:
        """The name of how many rows have a missing key."""
        return self.number_of(found, f"({found.member} IS NOT FALSE AND {key.value} IS NULL AND NOT {key.empty})")

    def unique(self, node: Aggregate) -> str:
        found = self.source(node.source)
        key = self.key_of_rows(found, node.variable, node.args[0])
        groups = self.grouped(found, key)
        of_groups = Found(groups.groups, "TRUE")
        twice = self.number_of(of_groups, f"({self.surely(groups)} > 1)")
        perhaps = self.number_of(of_groups, f"({groups.groups.cell('count(*)')} > 1)")
        keys, missing = self.number_of(of_groups, "TRUE"), self.without_key(found, key)
        unclear = f"{perhaps} > 0 OR {self.open(node.source)} OR ({missing} > 0 AND ({keys} > 0 OR {missing} > 1))"
        return f"(CASE WHEN {twice} > 0 THEN FALSE WHEN {unclear} THEN NULL ELSE TRUE END)"

    # ------------------------------------------------------------ groups

    def truth_of_groups(self, node: typed.GroupQuantifier) -> str:
        with self.at(self.home(node)):
            return self.scope.named(self.of_groups(node))

    def of_groups(self, node: typed.GroupQuantifier) -> str:
        """`all` and `exists` over the groups of rows with equal key."""
        found = self.source(node.source)
        key = self.key_of_rows(found, node.variable, node.key)
        group = self.grouped(found, key)
        before, self.groups = self.groups, {**self.groups, node.group: group}
        with self.at(group.groups):
            met = self.named_truth(node.condition)
        self.groups = before
        exists = f"(CASE WHEN {self.surely(group)} > 0 THEN TRUE END)"
        uncertain = f"({self.open(node.source)} OR {self.without_key(found, key)} > 0)"
        of_groups = Found(group.groups, "TRUE")
        if node.name == "all":
            return f"(NOT {self.some(of_groups, f'({exists} AND NOT {met})', uncertain)})"
        return self.some(of_groups, f"({exists} AND {met})", uncertain)

    # ------------------------------------------------------------ references

    def linked(self, node: Aggregate) -> str:
        """Whether some row names the key: keys that rows refer to are grouped once, then each key is looked up."""
        ref, sought = node.args
        if kind_of_refs(ref) not in TEXTS or sought.type.kind not in TEXTS:
            raise NotInSql("references that are no texts")
        if names_free(node.source) or names_free(ref) - {node.variable}:
            raise NotInSql("references that hang on outer rows")
        key = self.key(sought)
        with self.at(self.query.projects):
            named, others = self.references(node, ref)
        scope = self.scope
        own = scope.named(f"({key.value})") if not is_name(key.value) else key.value
        sure = scope.joined(Join(named[0], (("p_0", "p_0"), ("k", own))), "sure", named[1])
        of_project = Join(others[0], (("p_0", "p_0"),))
        missing, known = (scope.joined(of_project, column, others[1]) for column in ("missing", "known"))
        return scope.named(
            f"(CASE WHEN {sure} THEN TRUE WHEN {self.open(node.source)} OR {sure} IS NOT NULL THEN NULL "
            f"WHEN {own} IS NULL AND {key.empty} THEN FALSE "
            f"WHEN coalesce({missing}, FALSE) OR ({own} IS NULL AND coalesce({known}, FALSE)) THEN NULL ELSE FALSE END)"
        )

    def references(self, node: Aggregate, ref: Expression) -> tuple[tuple[str, int], tuple[str, int]]:
        """Two tables with their levels: the keys that rows name, and by project whether keys are missing and known."""
        found = self.source(node.source)
        rows: Scope = found.scope
        with self.row(node.variable, rows):
            listed = ref.type.kind is Kind.LIST
            refs = Key(self.scope.named(self.texts(ref)), "FALSE") if listed else self.key(ref)
        if not is_name(refs.value):
            raise NotInSql("references that are no cells")
        member = rows.named(found.member)
        names = tuple(name for name in (member, refs.value, refs.empty) if is_name(name))
        each = self.dialect.element(refs.value) if listed else refs.value
        keyed = (
            f"SELECT p_0, k, bool_or(m) AS sure FROM (SELECT p_0, {each} AS k, {member} IS TRUE AS m FROM ({{0}}) q "
            f"WHERE {member} IS NOT FALSE AND {refs.value} IS NOT NULL) q GROUP BY p_0, k"
        )
        known = f"{self.dialect.list_size(refs.value)} > 0" if listed else f"{refs.value} IS NOT NULL"
        others = (
            f"SELECT p_0, bool_or({refs.value} IS NULL AND NOT {refs.empty}) AS missing, "
            f"bool_or(coalesce({known}, FALSE)) AS known FROM ({{0}}) q WHERE {member} IS NOT FALSE GROUP BY p_0"
        )
        return self.query.table(rows, names, keyed), self.query.table(rows, names, others)
