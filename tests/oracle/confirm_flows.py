#!/usr/bin/env python3
"""Another solver's word on our flows: OR-Tools' min-cost flow (cost scaling) on random networks.

    python3 confirm_flows.py NETWORKS

NETWORKS holds a network a line, as the test `networks_for_another_solver` writes them: supplies,
arcs of [source, target, capacity or null], and rounds of {"costs", "value"}, where each round but
the first was solved from the tree of the one before, and null stands for no flow at all. Exits
with 1 on a contradiction, 2 where it cannot judge.
"""

import json
import sys

from ortools.graph.python import min_cost_flow


def solve(supplies, arcs, costs):
    """Optimum, or None where supply cannot meet demand."""
    # No flow without needless cycles carries more than that over one arc.
    most = sum(supply for supply in supplies if supply > 0)
    most += sum(capacity for _, _, capacity in arcs if capacity is not None)
    flow = min_cost_flow.SimpleMinCostFlow()
    for (source, target, capacity), cost in zip(arcs, costs, strict=True):
        flow.add_arc_with_capacity_and_unit_cost(
            source, target, most if capacity is None else capacity, cost)
    for node, supply in enumerate(supplies):
        flow.set_node_supply(node, supply)
    status = flow.solve()
    if status == flow.OPTIMAL:
        return flow.optimal_cost()
    if status == flow.INFEASIBLE:
        return None
    raise RuntimeError(f"OR-Tools: {status}")


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    agreed = impossible = different = 0
    try:
        with open(sys.argv[1], encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                network = json.loads(line)
                for position, round_ in enumerate(network["rounds"]):
                    theirs = solve(network["supplies"], network["arcs"], round_["costs"])
                    if theirs != round_["value"]:
                        different += 1
                        print(f"network {number} round {position}: ours {round_['value']}, "
                              f"OR-Tools {theirs}: DISAGREES")
                    elif theirs is None:
                        impossible += 1
                    else:
                        agreed += 1
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        print(f"confirm_flows: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if agreed == 0 or impossible == 0:
        print("confirm_flows: nothing to compare", file=sys.stderr)
        return 2
    print(f"OR-Tools: {agreed} optima and {impossible} impossible networks agree, "
          f"{different} do not")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
