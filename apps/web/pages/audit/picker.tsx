import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { isUuid } from '../../pieces/ids';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatDay, formatPeriod } from '../../pieces/format';
import { companyDay } from '../../pieces/moment';
import { language } from '../../texts';
import { FindAppraisal, FindPerson } from './find-person';

const route = getRouteApi('/frame/audit');
const KINDS = ['person', 'cycle', 'appraisal', 'appeal', 'batch', 'plan', 'scheme', 'id'] as const;
type Kind = (typeof KINDS)[number];

/** Whose history is asked for: an id that events name, or a stream; with what it is called. */
export interface Picked {
  readonly about?: string;
  readonly stream?: string;
  readonly as: string;
}

const STREAM = /^[a-z]+-[A-Za-z0-9._-]{1,150}$/;

/** Chooses what a timeline is about, and says why it is looked at. */
export function Picker(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { why } = route.useSearch();
  const [kind, setKind] = useState<Kind>('person');
  const [reason, setReason] = useState(why ?? '');
  const [kindId, whyId] = [useId(), useId()];
  const look = ({ about, stream, as }: Picked): void =>
    change({ about, stream, as, before: undefined, why: reason.trim() === '' ? undefined : reason.trim() });
  return (
    <div className="stack">
      <div className="row">
        <label htmlFor={kindId}>{t('pick.kind')}</label>
        <select
          id={kindId}
          className="plain-select"
          value={kind}
          onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'person')}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`pick.kinds.${one}`)}
            </option>
          ))}
        </select>
        <label htmlFor={whyId}>{t('pick.why')}</label>
        <input
          id={whyId}
          className="plain-input"
          style={{ width: 'min(320px, 100%)' }}
          maxLength={120}
          placeholder={t('pick.whyHint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {kind === 'person' && <FindPerson act={t('pick.look')} onChoose={(about, as) => look({ about, as })} />}
      {kind === 'appraisal' && <FindAppraisal act={t('pick.look')} onChoose={(id, as) => look({ stream: `appraisal-${id}`, as })} />}
      {kind === 'id' && <ById onLook={look} />}
      {kind === 'cycle' && <FromList key={kind} load={cycles} kind={kind} onLook={look} />}
      {kind === 'appeal' && <FromList key={kind} load={appeals} kind={kind} onLook={look} />}
      {kind === 'batch' && <FromList key={kind} load={batches} kind={kind} onLook={look} />}
      {kind === 'plan' && <FromList key={kind} load={plans} kind={kind} onLook={look} />}
      {kind === 'scheme' && <FromList key={kind} load={schemes} kind={kind} onLook={look} />}
    </div>
  );
}

interface PartProps {
  readonly onLook: (picked: Picked) => void;
}

function ById({ onLook }: PartProps): ReactElement {
  const { t } = useTranslation('audit');
  const [text, setText] = useState('');
  const id = useId();
  const given = text.trim();
  const isGood = isUuid(given) || STREAM.test(given);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onLook(isUuid(given) ? { about: given.toLowerCase(), as: given } : { stream: given, as: given });
      }}
    >
      <label htmlFor={id}>{t('pick.id')}</label>
      <input
        id={id}
        className="plain-input"
        style={{ width: 'min(420px, 100%)' }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" type="primary" disabled={!isGood}>
        {t('pick.look')}
      </Button>
      {!isGood && <span className="soft">{given === '' ? t('pick.idFirst') : t('pick.wrongId')}</span>}
    </form>
  );
}

interface Choice {
  readonly id: string;
  readonly as: string;
}

function FromList({
  kind,
  load,
  onLook,
}: PartProps & {
  readonly kind: 'cycle' | 'appeal' | 'batch' | 'plan' | 'scheme';
  readonly load: () => Promise<readonly Choice[]>;
}): ReactElement {
  const { t } = useTranslation('audit');
  const [chosen, setChosen] = useState('');
  const id = useId();
  const query = useQuery({ queryKey: ['audit', 'pick', kind, language()], queryFn: load });
  const category = kind === 'batch' ? 'payout' : kind;
  return (
    <Answer query={query} lines={1}>
      {(choices) => (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            onLook({ stream: `${category}-${chosen}`, as: choices.find((choice) => choice.id === chosen)?.as ?? chosen });
          }}
        >
          <label htmlFor={id}>{t('pick.which')}</label>
          <select id={id} className="plain-select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">{t('pick.choose')}</option>
            {choices.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.as}
              </option>
            ))}
          </select>
          <Button htmlType="submit" type="primary" disabled={chosen === ''}>
            {t('pick.look')}
          </Button>
          {chosen === '' && <span className="soft">{t('pick.whichFirst')}</span>}
        </form>
      )}
    </Answer>
  );
}

const PAGE = { params: { query: { limit: 100 } } } as const;

async function cycles(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/cycles', PAGE));
  return items.map(({ cycleId, name }) => ({ id: cycleId, as: name }));
}
async function appeals(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/appeals', PAGE));
  return items.map(({ appealId, name, filedAt }) => ({ id: appealId, as: `${name ?? '–'} · ${formatDay(companyDay(filedAt))}` }));
}
async function batches(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/payouts', PAGE));
  return items.map(({ batchId, cycleName, period, round }) => ({ id: batchId, as: `${cycleName ?? formatPeriod(period)} · ${round}` }));
}
async function plans(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/plans', PAGE));
  return items.map(({ planId, name, startDay }) => ({ id: planId, as: `${name ?? '–'} · ${formatDay(startDay)}` }));
}
async function schemes(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/schemes'));
  const titles = new Map(items.map(({ schemeId, title }) => [schemeId, title?.[language()] ?? schemeId]));
  return [...titles].map(([id, as]) => ({ id, as }));
}
