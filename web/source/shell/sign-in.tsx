import { useState } from "react";
import { usePeople, useSignIn } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";

/** Who is there? On one's own machine a list of the people, elsewhere a token. */
export function SignIn({ how }: { readonly how: "people" | "token" }) {
  const signIn = useSignIn();
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-10">
      <div>
        <img src="/mark.svg" alt="" className="mb-4 size-10" />
        <h1 className="text-display font-semibold tracking-tight">Millwright</h1>
        <p className="mt-1 text-body text-muted">
          {how === "people"
            ? "Who are you? On this machine choosing a name is enough."
            : "Sign in with your token."}
        </p>
      </div>
      {signIn.error && <ProblemNote error={signIn.error} />}
      {how === "people" ? (
        <People busy={signIn.isPending} onChoose={(person) => signIn.mutate({ person })} />
      ) : (
        <Token busy={signIn.isPending} onToken={(token) => signIn.mutate({ token })} />
      )}
    </main>
  );
}

const initialsOf = (name: string): string => [...name].slice(0, 1).join("").toUpperCase();

function People({ busy, onChoose }: { readonly busy: boolean; readonly onChoose: (person: string) => void }) {
  const { data, error, refetch } = usePeople();
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} label="Loading the people" />;
  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-surface">
      {data.map((person) => (
        <li key={person.id} className="border-b border-line last:border-0">
          <button
            type="button"
            disabled={busy}
            onClick={() => onChoose(person.id)}
            className="flex w-full items-center gap-3 px-4 py-3 text-left hover:bg-raised focus-visible:-outline-offset-2"
          >
            <span
              aria-hidden
              className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent"
            >
              {initialsOf(person.name)}
            </span>
            <span className="min-w-0">
              <span className="block font-medium">{person.name}</span>
              <span className="block text-caption text-muted">{person.roles.join(", ")}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Token({ busy, onToken }: { readonly busy: boolean; readonly onToken: (token: string) => void }) {
  const [token, setToken] = useState("");
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onToken(token.trim());
      }}
    >
      <label className="block">
        <span className="text-muted">Token</span>
        <input
          type="password"
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.target.value)}
          className="mt-1 block h-10 w-full rounded-lg border border-control bg-surface px-3"
        />
      </label>
      <Button type="submit" look="primary" disabled={busy || token.trim() === ""}>
        Sign in
      </Button>
    </form>
  );
}
