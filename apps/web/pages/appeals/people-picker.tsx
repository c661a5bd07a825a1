import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { ProblemNote } from '../../pieces/problem-note';
import { WholeNameSearch } from '../../pieces/whole-name-search';

type Person = paths['/api/v1/appeals/{appealId}/people']['get']['responses']['200']['content']['application/json']['items'][number];

export interface PeoplePickerProps {
  readonly appealId: string;
  readonly as: 'panel' | 'contact';
  readonly label: string;
  readonly most: number;
  readonly chosen: readonly string[];
  readonly onChange: (subjects: readonly string[]) => void;
  /** What those offered are called. */
  readonly onNames?: (names: ReadonlyMap<string, string>) => void;
}

/** Those who are usually named, to tick, and anybody else by the whole name, number or login; who is in conflict says why. */
export function PeoplePicker({ appealId, as, label, most, chosen, onChange, onNames }: PeoplePickerProps): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const id = useId();
  const [asked, setAsked] = useState('');
  const [added, setAdded] = useState<readonly Person[]>([]);
  const usual = useQuery(peopleQuery(appealId, as, ''));
  const found = useQuery({ ...peopleQuery(appealId, as, asked), enabled: asked !== '' });
  const all = [...(usual.data?.items ?? []), ...added, ...(asked === '' ? [] : (found.data?.items ?? []))];
  const offered = [...new Map(all.map((person) => [person.subject, person])).values()];
  const problem = usual.error ?? found.error;
  const toggle = (person: Person, isOn: boolean): void => {
    setAdded([...added, person]);
    onNames?.(new Map(offered.map(({ subject, name }) => [subject, name ?? c('erased')])));
    const next = isOn ? [...chosen, person.subject] : chosen.filter((one) => one !== person.subject);
    onChange(most === 1 ? next.slice(-1) : next);
  };
  return (
    <fieldset className="stack">
      <legend>{label}</legend>
      {problem instanceof ProblemError && <ProblemNote problem={problem.problem} />}
      <div className="stack">
        {offered.map((person) => (
          <label key={person.subject} className="row">
            <input
              type={most === 1 ? 'radio' : 'checkbox'}
              name={id}
              disabled={person.conflict !== null || (most > 1 && chosen.length >= most && !chosen.includes(person.subject))}
              checked={chosen.includes(person.subject)}
              onChange={(event) => toggle(person, event.target.checked)}
            />
            {person.name ?? c('erased')}
            <span className="soft">{person.department}</span>
            {person.conflict !== null && <span className="soft">· {t(`exclusion.${person.conflict}`)}</span>}
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

function peopleQuery(appealId: string, as: PeoplePickerProps['as'], q: string) {
  return {
    queryKey: ['appeals', appealId, 'people', as, q],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/appeals/{appealId}/people', { params: { path: { appealId }, query: q === '' ? { as } : { as, q } } })),
  };
}
