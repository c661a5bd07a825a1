import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import type { Role } from '../../app/session';
import { formatList } from '../../pieces/format';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';

/** Every side is to be heard; who speaks for which follows from their roles. */
const SIDES = ['hr', 'sales', 'finance', 'rep'] as const;
type Side = (typeof SIDES)[number];
const ROLES: Readonly<Record<Side, readonly Role[]>> = {
  hr: ['hr'],
  sales: ['manager', 'second-reviewer', 'planning'],
  finance: ['finance'],
  rep: ['rep'],
};
const MOST_OFFERED = 200;

interface Offered {
  readonly subject: string;
  readonly name: string | null;
  readonly place: string;
}

interface InviteProps {
  readonly schemeId: string;
  readonly version: number;
  readonly already?: readonly string[];
}

/** Opens the discussion, or opens it to more people. */
export function Invite({ schemeId, version, already = [] }: InviteProps): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const id = useId();
  const [people, setPeople] = useState<readonly (Offered & { readonly side: Side })[]>([]);
  const [logins, setLogins] = useState('');
  const [until, setUntil] = useState('');
  const offered = useOffered();
  const command = useCommand({
    send: (body: { readonly people: string[]; readonly logins: string[]; readonly until?: string }, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/discussion', {
          params: { path: { schemeId, version }, header: headers },
          body,
        }),
      ),
    touches: [['schemes']],
    onDone: () => {
      setPeople([]);
      setLogins('');
      say(t('invite.done'));
    },
  });
  const typed = logins.split(/[\s,，、]+/).filter((login) => login !== '');
  const heard = SIDES.filter((side) => people.some((person) => person.side === side));
  const missing = already.length > 0 || typed.length > 0 ? [] : SIDES.filter((side) => !heard.includes(side));
  const isNobody = people.length === 0 && typed.length === 0;
  return (
    <div className="stack">
      <p className="soft">{t('invite.what')}</p>
      <div className="row" style={{ alignItems: 'end' }}>
        {SIDES.map((side) => (
          <div key={side} className="field">
            <label htmlFor={`${id}${side}`}>{t('invite.of', { side: t(`side.${side}`) })}</label>
            <select
              id={`${id}${side}`}
              className="plain-select"
              value=""
              onChange={(event) => {
                const person = offered[side].find(({ subject }) => subject === event.target.value);
                if (person) setPeople([...people, { ...person, side }]);
              }}
            >
              <option value="">{t('invite.pick')}</option>
              {offered[side]
                .filter(({ subject }) => !already.includes(subject) && !people.some((person) => person.subject === subject))
                .map(({ subject, name, place }) => (
                  <option key={subject} value={subject}>
                    {name ?? subject.slice(-6)} · {place}
                  </option>
                ))}
            </select>
          </div>
        ))}
        <div className="field">
          <label htmlFor={`${id}logins`}>{t('invite.logins')}</label>
          <input id={`${id}logins`} className="plain-input" value={logins} onChange={(event) => setLogins(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}until`}>{t('invite.until')}</label>
          <input id={`${id}until`} type="date" className="plain-input" value={until} onChange={(event) => setUntil(event.target.value)} />
        </div>
      </div>
      {people.length > 0 && (
        <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label={t('invite.chosen')}>
          {people.map(({ subject, name, side }) => (
            <li key={subject}>
              <Button
                size="small"
                onClick={() => setPeople(people.filter((person) => person.subject !== subject))}
                aria-label={t('invite.remove', { name: name ?? subject.slice(-6) })}
              >
                {name ?? subject.slice(-6)} · {t(`side.${side}`)} ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <Button
          type="primary"
          disabled={isNobody || missing.length > 0}
          loading={command.isPending}
          aria-describedby={`${id}why`}
          onClick={() =>
            command.mutate({ people: people.map(({ subject }) => subject), logins: typed, ...(until === '' ? {} : { until }) })
          }
        >
          {t('invite.act', { count: people.length + typed.length })}
        </Button>
        <span id={`${id}why`} className="soft">
          {missing.length > 0 ? t('invite.missing', { sides: formatList(missing.map((side) => t(`side.${side}`))) }) : t('invite.many')}
        </span>
      </div>
      {command.error && <ProblemNote problem={command.error.problem} />}
    </div>
  );
}

function useOffered(): Readonly<Record<Side, readonly Offered[]>> {
  const roles = SIDES.flatMap((side) => [...ROLES[side]]);
  return useQueries({
    queries: roles.map((role) => ({
      queryKey: ['people', 'by-role', role],
      staleTime: 60_000,
      queryFn: async () => (await bodyOf(api.GET('/api/v1/people', { params: { query: { role, limit: MOST_OFFERED } } }))).items,
    })),
    combine: (answers) => {
      const of = (side: Side): readonly Offered[] => {
        const found = roles.flatMap((role, at) => (ROLES[side].includes(role) ? (answers[at]?.data ?? []) : []));
        const bySubject = new Map(
          found.map(({ subject, name, department, team }) => [subject, { subject, name, place: team ?? department }]),
        );
        return [...bySubject.values()];
      };
      return { hr: of('hr'), sales: of('sales'), finance: of('finance'), rep: of('rep') };
    },
  });
}
