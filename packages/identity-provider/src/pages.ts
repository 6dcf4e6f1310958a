import type { Person } from './people';
import { escapeHtml } from './html';
import { STYLE } from './style';

/** The page on which a person says who they are. Choosing posts `person=<name>` to the page's own address. */
export function renderPickPersonPage(people: Person[]): string {
  return layout(
    'Sign in',
    `<h1>Who are you?</h1>
<p class="lead">This identity provider belongs to the demo. Pick a person to sign in to the portal as;
use one browser profile or private window per person to be several at once.</p>
<form method="post" class="people">${people.map(renderPerson).join('')}</form>`,
  );
}

/** A page that says in one sentence what went wrong, and how to start again. */
export function renderErrorPage(reason: string): string {
  return layout(
    'Sign-in failed',
    `<h1>Sign-in did not work</h1>
<p class="lead">${escapeHtml(reason)}</p>
<p class="lead">Close this window and sign in from the portal again.</p>`,
  );
}

function renderPerson(person: Person): string {
  const groups = person.groups.length
    ? person.groups.map(group => `<li>${escapeHtml(group)}</li>`).join('')
    : '<li class="none">No group</li>';
  return `<button class="person" name="person" value="${escapeHtml(
    person.name,
  )}">
<span class="avatar" style="--hue:${hueOf(
    person.name,
  )}" aria-hidden="true">${escapeHtml(initialsOf(person))}</span>
<span class="about"><strong>${escapeHtml(person.displayName)}</strong>
<span class="title">${escapeHtml(person.description ?? person.email)}</span>
<ul class="groups" aria-label="Groups">${groups}</ul></span></button>`;
}

function initialsOf({ displayName }: Person): string {
  return displayName
    .split(/\s+/)
    .slice(0, 2)
    .map(word => word.charAt(0).toUpperCase())
    .join('');
}

function hueOf(name: string): number {
  return [...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
}

function layout(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>${main}</main>
</body>
</html>`;
}
