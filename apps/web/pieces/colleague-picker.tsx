import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../api/client';
import { WholeNameSearch } from './whole-name-search';

type Colleague =
  paths['/api/v1/appraisals/{appraisalId}/colleagues']['get']['responses']['200']['content']['application/json']['items'][number];

export interface ColleaguePickerProps {
  readonly label: string;
  /** Whose colleagues: those who work beside the person appraised. */
  readonly appraisalId: string;
  readonly chosen: readonly string[];
  /** Those who are chosen already, by name. */
  readonly known?: readonly { readonly subject: string; readonly name: string | null }[];
  readonly onChange: (subjects: readonly string[]) => void;
}

/** Names people who have to do with somebody: their team to tick, anybody else by the whole name, number or login. */
export function ColleaguePicker({ label, appraisalId, chosen, known = [], onChange }: ColleaguePickerProps): ReactElement {
  const { t } = useTranslation('common');
  const [asked, setAsked] = useState('');
  const [added, setAdded] = useState<readonly Colleague[]>([]);
  const near = useQuery(colleagues(appraisalId, ''));
  const found = useQuery({ ...colleagues(appraisalId, asked), enabled: asked !== '' });
  const others = known.map(({ subject, name }): Colleague => ({ subject, name, department: '', team: null }));
  const offered = uniqueBySubject([...(near.data?.items ?? []), ...others, ...added, ...(asked === '' ? [] : (found.data?.items ?? []))]);
  const toggle = (person: Colleague, isOn: boolean): void => {
    setAdded([...added, person]);
    onChange(isOn ? [...chosen, person.subject] : chosen.filter((one) => one !== person.subject));
  };
  return (
    <fieldset className="stack">
      <legend>{label}</legend>
      <div className="row choices">
        {offered.map((person) => (
          <label key={person.subject}>
            <input type="checkbox" checked={chosen.includes(person.subject)} onChange={(event) => toggle(person, event.target.checked)} />
            {person.name ?? t('erased')}
            {person.team !== null && <span className="soft">{person.team}</span>}
          </label>
        ))}
      </div>
      <WholeNameSearch
        onAsk={setAsked}
        isAsking={found.isFetching}
        nobody={asked !== '' && found.data?.items.length === 0 ? asked : undefined}
      />
    </fieldset>
  );
}

function colleagues(appraisalId: string, q: string) {
  return {
    queryKey: ['colleagues', appraisalId, q],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/colleagues', { params: { path: { appraisalId }, query: q === '' ? {} : { q } } })),
  };
}

function uniqueBySubject(people: readonly Colleague[]): readonly Colleague[] {
  return [...new Map([...people].reverse().map((person) => [person.subject, person])).values()].reverse();
}
