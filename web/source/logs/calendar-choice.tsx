import type { Calendar, LogSummary } from "../../../channels/contract.ts";
import { useCalendars, useLogCalendar, usePerson, useSetLogCalendar } from "../queries.ts";
import { Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { calendarHours, mayChooseCalendar, usualHours } from "./calendars.ts";

/** What "business hours" mean on a log: one of the kept calendars, or the usual hours. */
export function CalendarChoice({ log }: { readonly log: LogSummary }) {
  const calendars = useCalendars();
  const chosen = useLogCalendar(log.id);
  const error = calendars.error ?? chosen.error;
  if (error) return <ProblemNote error={error} />;
  if (!calendars.data || !chosen.data) return <Skeleton lines={1} label="Loading calendars" />;
  return <Choice log={log} calendars={calendars.data} chosen={chosen.data.calendar} />;
}

interface ChoiceProps {
  readonly log: LogSummary;
  readonly calendars: readonly Calendar[];
  readonly chosen: string | null;
}

function Choice({ log, calendars, chosen }: ChoiceProps) {
  const person = usePerson();
  const set = useSetLogCalendar(log.id);
  const may = mayChooseCalendar(person);
  return (
    <div className="space-y-2">
      <label className="flex flex-wrap items-center gap-2">
        “Business hours” mean
        <select
          value={chosen ?? ""}
          disabled={!may || set.isPending || calendars.length === 0}
          onChange={(event) => set.mutate(event.target.value === "" ? null : event.target.value)}
          className="rounded-lg border border-control bg-surface px-2 py-1.5"
        >
          <option value="">{usualHours}</option>
          {calendars.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className="text-caption text-muted">
        {calendarHours(calendars, chosen)} Only questions that ask for business hours are counted so.
        {calendars.length === 0 && " Add calendars with “millwright calendar set”."}
        {!may && " An analyst or administrator chooses."}
      </p>
      {set.error && <ProblemNote error={set.error} />}
    </div>
  );
}
