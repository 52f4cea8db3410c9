// The same allocation problem (greatest total) with LEMON, for the planning bench.
// usage: lemon-peer FILE simplex|scaling REPS; FILE as written by plan-once.ts; prints one JSON line.
// Nodes: needs, offers, and a bin that takes unmet demand and fills unused capacity, so that all supplies
// are equalities: LEMON reads unbalanced supplies as inequalities, which is another problem.
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

using Graph = lemon::StaticDigraph;

// What this process held at most; ru_maxrss would be that of the process that started it.
static double mostMegabytes() {
  FILE* file = fopen("/proc/self/status", "r");
  char line[256];
  long kilobytes = 0;
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "VmHWM: %ld", &kilobytes) == 1) break;
  if (file) fclose(file);
  return kilobytes / 1024.0;
}

static double milliseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

template <class Solver, class Supply, class Cap, class Cost>
static long long solve(const Graph& graph, const Supply& supply, const Cap& cap, const Cost& cost, double& spent) {
  Solver solver(graph);
  solver.upperMap(cap).costMap(cost).supplyMap(supply);
  const double start = milliseconds();
  if (solver.run() != Solver::OPTIMAL) exit(2);
  spent = milliseconds() - start;
  return -solver.template totalCost<long long>();
}

int main(int argc, char** argv) {
  if (argc < 4) return 1;
  FILE* file = fopen(argv[1], "rb");
  int sizes[3];
  if (!file || fread(sizes, 4, 3, file) != 3) return 1;
  const auto [needs, offers, pairs] = std::tuple{sizes[0], sizes[1], sizes[2]};
  const auto read = [&](size_t count) {
    std::vector<int> list(count);
    if (fread(list.data(), 4, count, file) != count) exit(1);
    return list;
  };
  const auto wanted = read(needs), capacity = read(offers), start = read(needs + 1);
  const auto offer = read(pairs), score = read(pairs), most = read(pairs);
  fclose(file);

  const int bin = needs + offers;
  std::vector<std::pair<int, int>> ends;
  std::vector<int> caps, costs;
  const auto add = [&](int from, int to, int cap, int cost) {
    ends.push_back({from, to});
    caps.push_back(cap);
    costs.push_back(cost);
  };
  long long balance = 0;
  for (int i = 0; i < needs; i++) {
    for (int a = start[i]; a < start[i + 1]; a++) add(i, needs + offer[a], most[a], -score[a]);
    add(i, bin, wanted[i], 0);
    balance += wanted[i];
  }
  for (int j = 0; j < offers; j++) {
    add(bin, needs + j, capacity[j], 0);
    balance -= capacity[j];
  }
  Graph graph;
  graph.build(bin + 1, ends.begin(), ends.end());
  Graph::ArcMap<int> cap(graph), cost(graph);
  Graph::ArcMap<long long> longCost(graph);
  Graph::NodeMap<int> supply(graph);
  for (size_t a = 0; a < ends.size(); a++) {
    cap[graph.arc(a)] = caps[a];
    cost[graph.arc(a)] = costs[a];
    longCost[graph.arc(a)] = costs[a];
  }
  for (int i = 0; i < needs; i++) supply[graph.node(i)] = wanted[i];
  for (int j = 0; j < offers; j++) supply[graph.node(needs + j)] = -capacity[j];
  supply[graph.node(bin)] = static_cast<int>(-balance);

  std::vector<double> times;
  long long total = 0;
  for (int k = 0; k < atoi(argv[3]); k++) {
    double spent = 0;
    total = strcmp(argv[2], "simplex") == 0
                ? solve<lemon::NetworkSimplex<Graph, int, int>>(graph, supply, cap, cost, spent)
                : solve<lemon::CostScaling<Graph, int, long long>>(graph, supply, cap, longCost, spent);
    times.push_back(spent);
  }
  const double first = times[0];
  std::sort(times.begin(), times.end());
  printf("{\"first\":%.3f,\"median\":%.3f,\"megabytes\":%.0f,\"total\":%lld,\"pairs\":%d}\n", first,
         times[times.size() / 2], mostMegabytes(), total, pairs);
}
