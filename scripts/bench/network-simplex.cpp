// The plain solve again in C++, line for line the algorithm of src/algorithms/flow (rough prices, crash basis,
// block pricing with an adaptive block, strongly feasible pivots, one 32-byte record a node): what the language
// costs. usage: network-simplex FILE REPS; FILE as written by plan-once.ts; prints one JSON line.
#include <algorithm>
#include <chrono>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

using List = std::vector<int>;
struct Record { int parent, arc, up, down, depth, next, last, unused; };
struct Arc { int head, cost; };  // head × 2 + atUpper

static const int WIDE = 1 << 29, NEVER = INT_MAX, HOLES = 1 << 12, WORTH_SORTING = HOLES / 2 + HOLES / 12;
static int needs, offers, pairs, nodes;
static List wanted, capacity, first, offer, score, most;

struct Network { List start, rootFrom, cap, supply; std::vector<Arc> arcs; double scale; };

static Network build() {
  Network n;
  n.start.resize(nodes + 1);
  n.rootFrom.resize(nodes);
  n.supply.assign(nodes, 0);
  int at = 0, greatest = 1;
  for (int s : score) greatest = std::max(greatest, s);
  n.scale = std::exp2(std::ceil(std::log2(4.0 * greatest * (std::min(needs, offers) + 2))));
  n.arcs.reserve(pairs + needs + 2 * offers);
  n.cap.reserve(pairs + needs + 2 * offers);
  const auto add = [&](int head, int cost, int cap) {
    n.arcs.push_back({head << 1, cost});
    n.cap.push_back(cap);
    at++;
  };
  for (int i = 0; i < needs; i++) {
    n.start[i] = at;
    for (int a = first[i]; a < first[i + 1]; a++) add(needs + offer[a], -score[a], most[a]);
    n.rootFrom[i] = at;
    add(nodes, 0, WIDE);
    n.supply[i] = wanted[i];
  }
  for (int j = 0; j < offers; j++) {
    n.start[needs + j] = n.rootFrom[needs + j] = at;
    add(nodes, 0, capacity[j]);
    add(nodes, 3, WIDE);
  }
  n.start[nodes] = at;
  return n;
}

struct Prices { List need, offer; int greatest; };

static void ask(const Network& n, Prices& p, List& asked) {
  std::fill(asked.begin(), asked.end(), 0);
  for (int i = 0; i < needs; i++) {
    int one = 0, two = 0, three = 0, oneArc = -1, twoArc = -1;
    for (int a = n.start[i]; a < n.rootFrom[i]; a++) {
      const int profit = -n.arcs[a].cost - p.offer[n.arcs[a].head >> 1];
      if (profit <= three) continue;
      if (profit <= two) three = profit;
      else if (profit <= one) three = two, two = profit, twoArc = a;
      else three = two, two = one, twoArc = oneArc, one = profit, oneArc = a;
    }
    p.need[i] = 0;
    if (oneArc < 0) continue;
    const int fromOne = std::min(wanted[i], n.cap[oneArc]), rest = wanted[i] - fromOne;
    asked[n.arcs[oneArc].head >> 1] += fromOne;
    p.need[i] = (one + two) >> 1;
    if (twoArc < 0 || rest == 0) continue;
    const int fromTwo = std::min(rest, n.cap[twoArc]);
    asked[n.arcs[twoArc].head >> 1] += fromTwo;
    p.need[i] = fromTwo == n.cap[twoArc] ? (two + three) >> 1 : two;
  }
}

static Prices roughPrices(const Network& n) {
  Prices p{List(needs), List(nodes), 1};
  for (int s : score) p.greatest = std::max(p.greatest, s);
  List asked(nodes);
  double step = 0.3 * p.greatest;
  for (int round = 0; round < 8; round++, step *= 0.7) {
    ask(n, p, asked);
    for (int j = needs; j < nodes; j++) {
      const int has = capacity[j - needs];
      const double excess = std::clamp((asked[j] - has) / double(std::max(1, has)), -1.0, 1.0);
      p.offer[j] += int(std::floor(step * excess + 0.5));
      if (has > 0) p.offer[j] = std::max(0, p.offer[j]);
    }
  }
  ask(n, p, asked);
  return p;
}

struct Crash { List flow, arc, parent; };

static Crash crash(const Network& n) {
  const Prices p = roughPrices(n);
  Crash c{List(n.cap.size()), List(nodes), List(nodes, nodes)};
  List usedAt(nodes, NEVER), usedBy(nodes, -1), left(nodes);
  for (int i = 0; i < needs; i++) left[i] = wanted[i];
  for (int j = 0; j < offers; j++) left[needs + j] = capacity[j];
  for (int v = 0; v < nodes; v++) if (left[v] == 0) usedAt[v] = v < needs ? -1 : -2;
  const auto send = [&](int i, int a, int k) {
    const int j = n.arcs[a].head >> 1, sent = std::min({n.cap[a] - c.flow[a], left[i], left[j]});
    if (sent == 0) return;
    c.flow[a] += sent, left[i] -= sent, left[j] -= sent;
    const bool partly = c.flow[a] < n.cap[a];
    if (left[j] == 0 && partly) usedBy[j] = a;
    if (left[j] == 0) usedAt[j] = 2 * k;
    if (left[i] == 0 && partly && left[j] != 0) usedBy[i] = a;
    if (left[i] == 0) usedAt[i] = 2 * k + 1;
  };
  const double width = HOLES / 2.0 / p.greatest;
  const auto holeOf = [&](int a, int i) {
    const int profit = -n.arcs[a].cost - p.offer[n.arcs[a].head >> 1] - p.need[i];
    return std::max(0, HOLES / 2 - int(std::floor(profit * width + 0.5)));
  };
  List place(HOLES + 1);
  for (int i = 0; i < needs; i++)
    for (int a = n.start[i]; a < n.rootFrom[i]; a++)
      if (const int hole = holeOf(a, i); hole < WORTH_SORTING) place[hole + 1]++;
  for (int h = 0; h < WORTH_SORTING; h++) place[h + 1] += place[h];
  List order(place[WORTH_SORTING]), tails(order.size());
  for (int i = 0; i < needs; i++)
    for (int a = n.start[i]; a < n.rootFrom[i]; a++)
      if (const int hole = holeOf(a, i); hole < WORTH_SORTING) order[place[hole]] = a, tails[place[hole]++] = i;
  int k = 0;
  for (; k < int(order.size()); k++) if (left[tails[k]] > 0) send(tails[k], order[k], k);
  for (int i = 0; i < needs; i++)
    for (int a = n.start[i]; a < n.rootFrom[i] && left[i] > 0; a++) send(i, a, k++);
  for (int i = 0; i < needs; i++) c.flow[n.start[i + 1] - 1] = left[i];
  for (int j = 0; j < offers; j++) c.flow[n.start[needs + j]] = capacity[j] - left[needs + j];

  std::vector<double> least(nodes, 1e300);
  for (int v = 0; v < nodes; v++) {
    int a = n.start[v + 1] - 1;
    if (v >= needs && c.flow[a - 1] < n.cap[a - 1]) a--;
    c.arc[v] = (a << 1) | 1;
  }
  for (int i = 0; i < needs; i++) {
    int best = 0;
    for (int a = n.start[i]; a < n.rootFrom[i]; a++) {
      const int j = n.arcs[a].head >> 1, s = -n.arcs[a].cost;
      if (c.flow[a] > 0 && usedAt[j] < usedAt[i] && s - p.need[i] < least[j])
        least[j] = s - p.need[i], c.parent[j] = i, c.arc[j] = a << 1;
      if (c.flow[a] < n.cap[a] && usedAt[i] < usedAt[j] && s - p.offer[j] > best)
        best = s - p.offer[j], c.parent[i] = j, c.arc[i] = (a << 1) | 1;
    }
  }
  for (int v = 0; v < nodes; v++) {
    const int a = usedBy[v];
    if (a < 0) continue;
    const auto group = std::upper_bound(n.start.begin(), n.start.end(), a) - n.start.begin() - 1;
    c.parent[v] = v < needs ? n.arcs[a].head >> 1 : int(group);
    c.arc[v] = v < needs ? (a << 1) | 1 : a << 1;
  }
  return c;
}

struct Simplex {
  Network& n;
  std::vector<Record> records;
  std::vector<double> potential;
  long long moved = 0, priced = 0, pivots = 0;
  int least, block, cursor = 0, cursorArc = 0;
  int arc, tail, from, to, room, back;
  double costOf(int v, int a) const { return a >= n.rootFrom[v] ? n.arcs[a].cost * n.scale : n.arcs[a].cost; }
  void link(int before, int after) { records[before].next = after, records[after].last = before; }
  Simplex(Network& network, Crash& c) : n(network), records(nodes + 1), potential(nodes + 1) {
    const auto hangWide = [&](int v) { c.arc[v] = ((n.start[v + 1] - 1) << 1) | 1, c.parent[v] = nodes; };
    for (int v = 0; v < nodes; v++) {
      const int a = c.arc[v] >> 1;
      if ((c.arc[v] & 1 ? n.cap[a] - c.flow[a] : c.flow[a]) <= 0) hangWide(v);
    }
    List walk(nodes + 1, -1);
    walk[nodes] = nodes;
    for (int v = 0; v < nodes; v++) {
      int x = v;
      for (; walk[x] < 0; x = c.parent[x]) walk[x] = v;
      if (x != nodes && walk[x] == v) hangWide(x);
    }
    std::vector<std::pair<int, int>> loose;
    for (int v = 0; v < nodes; v++)
      for (int a = n.start[v]; a < n.start[v + 1]; a++) {
        const bool full = c.flow[a] == n.cap[a] && n.cap[a] > 0;
        const int head = n.arcs[a].head >> 1;
        const bool inTree = c.arc[v] == 2 * a + 1 || (head < nodes && c.arc[head] == 2 * a);
        n.arcs[a].head = (head << 1) | (full && !inTree);
        if (c.flow[a] > 0 && !full && !inTree) loose.push_back({v, a});
      }
    List child(nodes + 1, -1), sibling(nodes + 1), stack{nodes};
    for (int v = nodes - 1; v >= 0; v--) {
      const int a = c.arc[v] >> 1, sent = c.flow[a], free = n.cap[a] - sent;
      const bool up = c.arc[v] & 1;
      records[v] = {c.parent[v], c.arc[v], up ? free : sent, up ? sent : free, 0, 0, 0, 0};
      sibling[v] = child[c.parent[v]], child[c.parent[v]] = v;
    }
    records[nodes].parent = records[nodes].arc = -1;
    int before = -1;
    while (!stack.empty()) {
      const int v = stack.back();
      stack.pop_back();
      if (before >= 0) link(before, v);
      before = v;
      if (v != nodes) {
        Record& r = records[v];
        const bool up = r.arc & 1;
        const double cost = costOf(up ? v : r.parent, r.arc >> 1);
        r.depth = records[r.parent].depth + 1;
        potential[v] = potential[r.parent] + (up ? -cost : cost);
      }
      for (int w = child[v]; w >= 0; w = sibling[w]) stack.push_back(w);
    }
    link(before, nodes);
    block = least = std::max(16, int(std::ceil(std::sqrt(double(n.cap.size())) / 8)));
    for (const auto& [v, a] : loose) {
      const int head = n.arcs[a].head >> 1, sent = c.flow[a];
      const bool forward = costOf(v, a) + potential[v] - potential[head] < 0;
      arc = a, tail = v, from = forward ? v : head, to = forward ? head : v;
      room = forward ? n.cap[a] - sent : sent, back = forward ? sent : n.cap[a] - sent;
      pivot();
    }
  }
  void optimise() {
    for (;;) {
      if (pivots % 512 == 511) {
        const bool cheap = priced < 3 * moved;
        block = std::max(least, std::min(32 * least, int(std::lround(cheap ? block * 1.2 : block / 1.2))));
        priced = moved = 0;
      }
      if (!findEntering()) return;
      pivot();
    }
  }
  bool findEntering() {
    double best = 0;
    arc = -1;
    int v = cursor, a = cursorArc, left = block;
    for (long long unseen = n.cap.size(); unseen > 0;) {
      const double own = potential[v];
      const int end = std::min(n.start[v + 1], a + left), ordinary = std::min(n.rootFrom[v], end);
      left -= end - a, unseen -= end - a;
      for (; a < ordinary; a++) {
        const Arc one = n.arcs[a];
        double reduced = one.cost + own - potential[one.head >> 1];
        if (one.head & 1) reduced = -reduced;
        if (reduced < best) best = reduced, arc = a, tail = v;
      }
      for (; a < end; a++) {
        double reduced = n.arcs[a].cost * n.scale + own;
        if (n.arcs[a].head & 1) reduced = -reduced;
        if (reduced < best) best = reduced, arc = a, tail = v;
      }
      if (a == n.start[v + 1]) {
        if (++v == nodes) v = 0;
        a = n.start[v];
      }
      if (left > 0) continue;
      priced += block;
      if (arc >= 0) break;
      left = block;
    }
    cursor = v, cursorArc = a;
    if (arc < 0) return false;
    const bool full = n.arcs[arc].head & 1;
    const int head = n.arcs[arc].head >> 1;
    from = full ? head : tail, to = full ? tail : head, room = n.cap[arc], back = 0;
    return true;
  }
  void pivot() {
    pivots++;
    int amount = room, under = -1, x = from, y = to, depthX = records[x].depth, depthY = records[y].depth;
    bool underFrom = false;
    while (x != y) {
      if (depthX >= depthY) {
        if (records[x].down < amount) amount = records[x].down, under = x, underFrom = true;
        x = records[x].parent, depthX--;
      } else {
        if (records[y].up <= amount) amount = records[y].up, under = y, underFrom = false;
        y = records[y].parent, depthY--;
      }
    }
    if (amount > 0) {
      for (int v = from; v != x; v = records[v].parent) records[v].down -= amount, records[v].up += amount;
      for (int v = to; v != x; v = records[v].parent) records[v].up -= amount, records[v].down += amount;
    }
    if (under < 0) {
      n.arcs[arc].head = (n.arcs[arc].head & ~1) | (from == tail);
      return;
    }
    const int leaving = records[under].arc;
    const bool full = underFrom != bool(leaving & 1);
    n.arcs[leaving >> 1].head = (n.arcs[leaving >> 1].head & ~1) | full;
    n.arcs[arc].head &= ~1;
    const int cut = underFrom ? from : to, kept = underFrom ? to : from, head = n.arcs[arc].head >> 1;
    const double reduced = costOf(tail, arc) + potential[tail] - potential[head];
    const int ahead = room - amount, behind = back + amount;
    hangAgain(cut, under, kept, (arc << 1) | (cut == tail), underFrom ? ahead : behind, underFrom ? behind : ahead,
              cut == tail ? -reduced : reduced);
  }
  int relabel(int v, int stop, int floor, int deeper, double shift) {
    int last = v;
    do {
      moved++;
      records[v].depth += deeper;
      potential[v] += shift;
      last = v;
      v = records[v].next;
    } while (v != stop && records[v].depth > floor);
    return last;
  }
  void hangAgain(int cut, int under, int kept, int pointed, int up, int down, double shift) {
    const int beforePart = records[under].last;
    int parent = kept, depth = records[kept].depth + 1, v = cut, child = -1, afterChild = -1, last = -1;
    for (;;) {
      const Record old = records[v];
      if (last >= 0) link(last, v);
      last = relabel(v, child, old.depth, depth - old.depth, shift);
      int after = records[last].next;
      if (after == child) {
        after = afterChild;
        if (records[after].depth > old.depth) {
          link(last, after);
          last = relabel(after, -1, old.depth, depth - old.depth, shift);
          after = records[last].next;
        }
      }
      records[v].parent = parent, records[v].arc = pointed, records[v].up = up, records[v].down = down;
      if (v == under) {
        link(beforePart, after);
        break;
      }
      child = v, afterChild = after, parent = v, pointed = old.arc ^ 1, up = old.down, down = old.up, depth++;
      v = old.parent;
    }
    const int next = records[kept].next;
    link(kept, cut), link(last, next);
  }
  long long total() const {
    long long sum = 0;
    for (int i = 0; i < needs; i++)
      for (int a = n.start[i]; a < n.rootFrom[i]; a++)
        if (n.arcs[a].head & 1) sum -= 1LL * n.arcs[a].cost * n.cap[a];
    for (int v = 0; v < nodes; v++) {
      const Record& r = records[v];
      const bool up = r.arc & 1;
      if ((r.arc >> 1) >= n.rootFrom[up ? v : r.parent]) continue;
      sum -= 1LL * n.arcs[r.arc >> 1].cost * (up ? r.down : r.up);
    }
    return sum;
  }
};

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
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int main(int argc, char** argv) {
  FILE* file = argc < 3 ? nullptr : fopen(argv[1], "rb");
  const auto read = [&](size_t count) {
    List list(count);
    if (fread(list.data(), 4, count, file) != count) exit(1);
    return list;
  };
  if (!file) return 1;
  const List sizes = read(3);
  needs = sizes[0], offers = sizes[1], pairs = sizes[2], nodes = needs + offers;
  wanted = read(needs), capacity = read(offers), first = read(needs + 1);
  offer = read(pairs), score = read(pairs), most = read(pairs);
  std::vector<double> times;
  long long total = 0, pivots = 0;
  for (int k = 0; k < atoi(argv[2]); k++) {
    const double begun = milliseconds();
    Network network = build();
    Crash start = crash(network);
    Simplex simplex(network, start);
    simplex.optimise();
    total = simplex.total();
    pivots = simplex.pivots;
    times.push_back(milliseconds() - begun);
  }
  const double firstTime = times[0];
  std::sort(times.begin(), times.end());
  printf("{\"first\":%.3f,\"median\":%.3f,\"megabytes\":%.0f,\"total\":%lld,\"pairs\":%d,\"pivots\":%lld}\n", firstTime,
         times[times.size() / 2], mostMegabytes(), total, pairs, pivots);
}
