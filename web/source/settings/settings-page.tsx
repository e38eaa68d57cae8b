import { formatDuration, formatInstant, formatNumber } from "../format.ts";
import { setPreferences, themes, useLocale, usePreferences } from "../preferences.ts";
import { useSession, useSignIn } from "../queries.ts";
import { shortcuts } from "../shell/keys.ts";
import { Button } from "../ui/button.tsx";
import { Page, Section } from "../ui/page.tsx";

const themeNames = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
} as const;
const locales = [
  "en-GB",
  "en-US",
  "de-DE",
  "fr-FR",
  "es-ES",
  "it-IT",
  "pt-BR",
  "nl-NL",
  "pl-PL",
  "ja-JP",
  "zh-CN",
];

export default function SettingsPage() {
  const { theme, locale } = usePreferences();
  const shown = useLocale();
  return (
    <Page title="Settings">
      <Section title="Appearance">
        <fieldset className="flex flex-wrap gap-2">
          <legend className="sr-only">Theme</legend>
          {themes.map((known) => (
            <label
              key={known}
              className="flex min-h-9 items-center gap-2 rounded-lg border border-control bg-surface px-3 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="theme"
                checked={theme === known}
                onChange={() => setPreferences({ theme: known })}
                className="accent-accent"
              />
              {themeNames[known]}
            </label>
          ))}
        </fieldset>
      </Section>
      <Section title="Numbers and dates">
        <label className="flex flex-wrap items-center gap-3">
          <span className="sr-only">Language of numbers and dates</span>
          <select
            value={locale ?? ""}
            onChange={(event) =>
              setPreferences({ locale: event.target.value === "" ? null : event.target.value })
            }
            className="h-9 rounded-lg border border-control bg-surface px-2"
          >
            <option value="">As the browser ({window.navigator.language})</option>
            {locales.map((code) => (
              <option key={code} value={code}>
                {new Intl.DisplayNames([code], { type: "language" }).of(code)}
              </option>
            ))}
          </select>
          <span className="text-muted">
            {formatNumber(12_345, shown)} · {formatDuration(93_600, shown, "long")} ·{" "}
            {formatInstant("2026-11-20T14:30:00Z", shown)}
          </span>
        </label>
        <p className="mt-2 max-w-[72ch] text-caption text-muted">
          Answers come in the language you ask in; this sets how the app writes numbers and dates.
        </p>
      </Section>
      <Account />
      <Section title="Keyboard">
        <dl className="grid max-w-md grid-cols-[9rem_1fr] gap-y-1.5">
          {shortcuts.map(({ keys, what }) => (
            <div key={keys} className="contents">
              <dt className="font-medium">{keys}</dt>
              <dd className="text-muted">{what}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  );
}

function Account() {
  const { data: session } = useSession();
  const signIn = useSignIn();
  const person = session?.person;
  if (!person) return null;
  return (
    <Section title="Signed in">
      <div className="flex flex-wrap items-center gap-4">
        <p>
          <span className="font-medium">{person.name}</span>{" "}
          <span className="text-muted">{person.roles.join(", ")}</span>
        </p>
        <Button disabled={signIn.isPending} onClick={() => signIn.mutate(null)}>
          Sign out
        </Button>
      </div>
    </Section>
  );
}
