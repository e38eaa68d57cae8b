/**
 * Discrete-event simulation of people who work through queues. A case is a generator that yields one task after
 * another; a task waits for a person of its team who is at work and free. All times are milliseconds since 1970, UTC.
 */

export interface Worker {
  readonly name: string;
  /** Teams whose queues this person serves, in this order. */
  readonly teams: readonly string[];
  /** Hours of the day at work, [from, to). */
  readonly hours: readonly [number, number];
  /** Days of the week, 1 (Monday) to 7. */
  readonly days: readonly number[];
}

export interface Task {
  readonly activity: string;
  /** Null: nobody of the house is needed; it begins at once. */
  readonly team: string | null;
  /** Who does it where there is no team: a machine by default, or a customer. */
  readonly by?: string;
  readonly minutes: number;
  /** Minutes that pass before the work can begin, with nobody working on it. */
  readonly after?: number;
  /** Smaller goes first; 0 by default. */
  readonly priority?: number;
}

export interface DoneTask {
  readonly activity: string;
  readonly start: number;
  readonly end: number;
  readonly resource: string;
}

/** The steps of one case; each `yield` gives back when the task was done. */
export type Flow = Generator<Task, void, number>;

export interface SimulatedCase {
  readonly arrival: number;
  readonly flow: Flow;
  readonly done: DoneTask[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const MACHINE = "System";

interface Waiting {
  readonly task: Task;
  readonly owner: SimulatedCase;
}

/** Runs all cases to their ends; `done` of each is in order of completion. */
export function simulate(cases: readonly SimulatedCase[], workers: readonly Worker[]): void {
  new Simulation(workers).run(cases);
}

class Simulation {
  readonly #agenda = new Agenda();
  readonly #queues = new Map<string, Waiting[]>();
  readonly #busy = new Set<Worker>();
  readonly #awaited = new Set<Worker>();
  readonly #workers: readonly Worker[];

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    for (const { teams } of workers) for (const team of teams) this.#queues.set(team, []);
  }

  run(cases: readonly SimulatedCase[]): void {
    for (const each of cases) this.#agenda.add(each.arrival, (now) => this.#advance(each, now));
    for (let next = this.#agenda.take(); next; next = this.#agenda.take()) next.work(next.at);
  }

  #advance(owner: SimulatedCase, now: number): void {
    const { value: task, done } = owner.flow.next(now);
    if (done || !task) return;
    const ready = now + (task.after ?? 0) * MINUTE;
    if (task.team === null)
      this.#agenda.add(ready, (at) => this.#perform(task, owner, task.by ?? MACHINE, at, null));
    else this.#agenda.add(ready, (at) => this.#enqueue(task, owner, at));
  }

  #enqueue(task: Task, owner: SimulatedCase, now: number): void {
    const queue = this.#queues.get(task.team as string) as Waiting[];
    const priority = task.priority ?? 0;
    const at = queue.findIndex((other) => (other.task.priority ?? 0) > priority);
    queue.splice(at < 0 ? queue.length : at, 0, { task, owner });
    this.#dispatch(now);
  }

  /** Gives waiting tasks to people who are free; wakes the others when they come to work. */
  #dispatch(now: number): void {
    for (const worker of this.#workers) {
      if (this.#busy.has(worker)) continue;
      const queue = worker.teams.map((team) => this.#queues.get(team)).find((waiting) => waiting?.length);
      const next = queue?.[0];
      if (!queue || !next) continue;
      const atWork = nextWorkingTime(worker, now);
      if (atWork > now) {
        this.#wake(worker, atWork);
        continue;
      }
      queue.shift();
      this.#perform(next.task, next.owner, worker.name, now, worker);
    }
  }

  #wake(worker: Worker, at: number): void {
    if (this.#awaited.has(worker)) return;
    this.#awaited.add(worker);
    this.#agenda.add(at, (now) => {
      this.#awaited.delete(worker);
      this.#dispatch(now);
    });
  }

  #perform(task: Task, owner: SimulatedCase, resource: string, start: number, worker: Worker | null): void {
    const end = start + Math.max(1, Math.round(task.minutes * 60)) * 1000;
    if (worker) this.#busy.add(worker);
    this.#agenda.add(end, (now) => {
      if (worker) this.#busy.delete(worker);
      owner.done.push({ activity: task.activity, start, end, resource });
      this.#advance(owner, now);
      if (worker) this.#dispatch(now);
    });
  }
}

/** `at`, when the worker is at work then, else when next. */
export function nextWorkingTime({ hours, days }: Worker, at: number): number {
  const midnight = Math.floor(at / DAY) * DAY;
  for (let ahead = 0; ahead < 8; ahead++) {
    const day = midnight + ahead * DAY;
    const weekday = ((day / DAY + 3) % 7) + 1;
    const begin = Math.max(at, day + hours[0] * HOUR);
    if (days.includes(weekday) && begin < day + hours[1] * HOUR) return begin;
  }
  throw new RangeError("a worker without working days");
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly work: (now: number) => void;
}

/** A binary heap by time, ties in order of entry. */
class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;

  add(at: number, work: (now: number) => void): void {
    const heap = this.#heap;
    heap.push({ at, order: this.#order++, work });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(heap[child] as Entry, heap[parent] as Entry)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  take(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    this.#sink();
    return first;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let parent = 0; ; ) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < heap.length && before(heap[child] as Entry, heap[least] as Entry)) least = child;
      }
      if (least === parent) return;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Entry, heap[a] as Entry];
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
