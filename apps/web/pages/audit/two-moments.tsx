import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatInstant } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { differenceQuery, logQuery, type TwoMoments as Moments } from './audit-queries';
import { FindAppraisal } from './find-person';
import { isInstantText, momentsProblem } from './moments';

const route = getRouteApi('/frame/audit');
const APPRAISAL = /^[0-9a-f-]{36}\.[0-9a-f-]{36}$/;

/** One appraisal form at two moments, side by side, each change with the event that made it. */
export function TwoMoments(): ReactElement {
  const { t } = useTranslation('audit');
  const { appraisal, from, to } = route.useSearch();
  return (
    <>
      <Panel title={t('compare.title')}>
        <p className="soft">{t('compare.hint')}</p>
        <Ask />
      </Panel>
      {appraisal !== undefined && from !== undefined && to !== undefined && APPRAISAL.test(appraisal) ? (
        <Sides appraisal={appraisal} from={from} to={to} />
      ) : (
        <Panel>
          <Empty title={t('compare.nothing')} text={t('compare.nothingText')} />
        </Panel>
      )}
    </>
  );
}

function Ask(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { appraisal, appraisalAs, from, to } = route.useSearch();
  const isChosen = appraisal !== undefined && APPRAISAL.test(appraisal);
  return (
    <div className="stack">
      {isChosen && (
        <div className="row">
          <strong>{appraisalAs ?? t('compare.chosen')}</strong>
          <Button size="small" onClick={() => change({ appraisal: undefined, appraisalAs: undefined })}>
            {t('compare.another')}
          </Button>
        </div>
      )}
      {!isChosen && (
        <FindAppraisal act={t('compare.choose')} onChoose={(next, called) => change({ appraisal: next, appraisalAs: called })} />
      )}
      <AskMoments key={`${from ?? ''} ${to ?? ''}`} isChosen={isChosen} />
    </div>
  );
}

function AskMoments({ isChosen }: { readonly isChosen: boolean }): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const search = route.useSearch();
  const whyId = useId();
  const head = useQuery(logQuery).data?.position;
  const [from, setFrom] = useState(search.from ?? '');
  const [to, setTo] = useState(search.to ?? '');
  const problem = isChosen ? momentsProblem(from, to, head) : 'appraisal';
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) change({ from: from.trim(), to: to.trim() });
      }}
    >
      <div className="row">
        <Input label={t('compare.from')} value={from} onChange={setFrom} />
        <Button onClick={() => setFrom('0')}>{t('compare.first')}</Button>
        <Input label={t('compare.to')} value={to} onChange={setTo} />
        {head !== undefined && <Button onClick={() => setTo(String(head))}>{t('compare.last')}</Button>}
        <Button htmlType="submit" type="primary" disabled={problem !== undefined} aria-describedby={whyId}>
          {t('compare.show')}
        </Button>
      </div>
      <span id={whyId} className="soft" role="status">
        {problem !== undefined && t(`compare.problem.${problem}`, { last: head ?? 0 })}
      </span>
    </form>
  );
}

function Input({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="plain-input" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

function Sides({ appraisal, from, to }: { readonly appraisal: string; readonly from: string; readonly to: string }): ReactElement {
  const { t } = useTranslation('audit');
  const { why } = route.useSearch();
  const query = useQuery(differenceQuery({ appraisalId: appraisal, from, to, why }));
  return (
    <Answer query={query}>
      {(moments) => (
        <>
          <Panel title={t('compare.changes')}>
            <Changes moments={moments} />
          </Panel>
          <Panel title={t('compare.sides')}>
            <SideBySide moments={moments} names={[nameOf(from), nameOf(to)]} />
          </Panel>
        </>
      )}
    </Answer>
  );
}

function nameOf(moment: string): string {
  return /^\d+$/.test(moment) ? `#${moment}` : formatInstant(moment, { seconds: true });
}

function Changes({ moments: { changes } }: { readonly moments: Moments }): ReactElement {
  const { t } = useTranslation('audit');
  if (changes.length === 0) return <Empty title={t('compare.none')} text={t('compare.noneText')} />;
  return (
    <ol className="cards">
      {changes.map(({ field, from, to, position, what, recordedAt, type }) => (
        <li key={`${position} ${field}`}>
          <div className="row">
            <Field of={field} />
            <span>{t('compare.change', { from: textOf(from, t), to: textOf(to, t) })}</span>
          </div>
          <div className="row soft">
            <time dateTime={recordedAt}>{formatInstant(recordedAt, { seconds: true })}</time>
            <span>#{position}</span>
            <span>{what}</span>
            <code>{type}</code>
          </div>
        </li>
      ))}
    </ol>
  );
}

function SideBySide({
  moments: { before, after },
  names,
}: {
  readonly moments: Moments;
  readonly names: readonly [string, string];
}): ReactElement {
  const { t } = useTranslation('audit');
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('compare.sides')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('compare.field')}</th>
            <th scope="col">
              {t('compare.before')} {names[0]}
            </th>
            <th scope="col">
              {t('compare.after')} {names[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const [was, is] = [
              before ? textOf(before[field], t) : t('compare.absent'),
              after ? textOf(after[field], t) : t('compare.absent'),
            ];
            return (
              <tr key={field}>
                <th scope="row">
                  <Field of={field} />
                </th>
                <td>{was}</td>
                <td>{was === is ? is : <mark>{is}</mark>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A part of the form in words, with its name in the record beside it. */
function Field({ of: field }: { readonly of: string }): ReactElement {
  const { i18n } = useTranslation('audit');
  const words: unknown = i18n.getResource(i18n.language, 'audit', `compare.fields.${field}`);
  return (
    <span>
      {typeof words === 'string' && <>{words} </>}
      <code className="soft">{field}</code>
    </span>
  );
}

function textOf(value: unknown, t: ReturnType<typeof useTranslation<'audit'>>['t']): string {
  if (value === null || value === undefined) return t('compare.empty');
  if (typeof value !== 'string') return JSON.stringify(value);
  return isInstantText(value) ? formatInstant(value, { seconds: true }) : value;
}
