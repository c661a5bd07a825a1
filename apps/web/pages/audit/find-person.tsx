import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../../pieces/answer';

export interface FindPersonProps {
  /** What is done with whoever is found. */
  readonly act: string;
  readonly onChoose: (subject: string, name: string) => void;
  /** Why nobody can be chosen yet. */
  readonly blocked?: string | undefined;
  /** Fields before the one of the person. */
  readonly children?: ReactNode;
}

/** A person by the whole name, number or login: names are stored sealed and can't be searched by parts. */
export function FindPerson({ act, onChoose, blocked, children }: FindPersonProps): ReactElement {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation('common');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [textId, whyId] = [useId(), useId()];
  const found = useQuery({
    queryKey: ['search', asked],
    enabled: asked !== '',
    queryFn: () => bodyOf(api.GET('/api/v1/search', { params: { query: { q: asked } } })),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(text.trim());
      }}
    >
      <div className="row">
        {children}
        <label htmlFor={textId}>{t('pick.person')}</label>
        <input id={textId} className="plain-input" style={{ width: 180 }} value={text} onChange={(event) => setText(event.target.value)} />
        <Button htmlType="submit" disabled={text.trim() === ''} aria-describedby={whyId}>
          {t('pick.find')}
        </Button>
        <span id={whyId} className="soft">
          {text.trim() === '' && t('pick.personFirst')}
        </span>
      </div>
      {asked !== '' && (
        <Answer query={found} lines={1}>
          {({ items }) => {
            const people = items.filter((item) => item.kind === 'person');
            if (people.length === 0) return <p className="soft">{t('pick.nobody', { text: asked })}</p>;
            return (
              <>
                {blocked !== undefined && <p className="note warn">{blocked}</p>}
                <ul className="cards" aria-label={t('pick.found')}>
                  {people.map(({ id, title, subtitle }) => (
                    <li key={id} className="row">
                      <span>
                        {title ?? common('erased')} <span className="soft">{subtitle}</span>
                      </span>
                      <Button
                        type="primary"
                        disabled={blocked !== undefined}
                        title={blocked}
                        aria-label={`${act}: ${title ?? common('erased')}`}
                        onClick={() => onChoose(id, title ?? common('erased'))}
                      >
                        {act}
                      </Button>
                    </li>
                  ))}
                </ul>
              </>
            );
          }}
        </Answer>
      )}
    </form>
  );
}

/** A person's appraisal form of a cycle; called by both. */
export function FindAppraisal({
  act,
  onChoose,
}: {
  readonly act: string;
  readonly onChoose: (appraisalId: string, called: string) => void;
}): ReactElement {
  const { t } = useTranslation('audit');
  const [cycleId, setCycleId] = useState('');
  const id = useId();
  const cycles =
    useQuery({
      queryKey: ['audit', 'pick', 'cycles'],
      queryFn: () => bodyOf(api.GET('/api/v1/cycles', { params: { query: { limit: 100 } } })),
    }).data?.items ?? [];
  const name = cycles.find((one) => one.cycleId === cycleId)?.name ?? '';
  return (
    <FindPerson
      act={act}
      blocked={cycleId === '' ? t('pick.cycleFirst') : undefined}
      onChoose={(subject, called) => onChoose(`${cycleId}.${subject}`, `${called} · ${name}`)}
    >
      <label htmlFor={id}>{t('pick.cycle')}</label>
      <select id={id} className="plain-select" value={cycleId} onChange={(event) => setCycleId(event.target.value)}>
        <option value="">{t('pick.choose')}</option>
        {cycles.map((one) => (
          <option key={one.cycleId} value={one.cycleId}>
            {one.name}
          </option>
        ))}
      </select>
    </FindPerson>
  );
}
