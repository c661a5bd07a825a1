import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatPeriod } from '../../pieces/format';
import { companyDay } from '../../pieces/moment';
import { language } from '../../texts';

const route = getRouteApi('/frame/audit');
const KINDS = ['person', 'cycle', 'appraisal', 'appeal', 'batch', 'plan', 'scheme', 'id'] as const;
type Kind = (typeof KINDS)[number];

/** Whose history is asked for: an id that events name, or a stream; with what it is called. */
export interface Picked {
  readonly about?: string;
  readonly stream?: string;
  readonly as: string;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
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
      {kind === 'person' || kind === 'appraisal' ? <ByPerson key={kind} kind={kind} onLook={look} /> : null}
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

/** A person by name, number or login; with a cycle chosen, their appraisal form of it. */
function ByPerson({ kind, onLook }: PartProps & { readonly kind: 'person' | 'appraisal' }): ReactElement {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation('common');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [cycleId, setCycleId] = useState('');
  const [textId, cycleOf] = [useId(), useId()];
  const choices = useQuery({ queryKey: ['audit', 'pick', 'cycles'], queryFn: cycles, enabled: kind === 'appraisal' }).data ?? [];
  const found = useQuery({
    queryKey: ['search', asked],
    enabled: asked !== '',
    queryFn: () => bodyOf(api.GET('/api/v1/search', { params: { query: { q: asked } } })),
  });
  const choose = (subject: string, name: string): void => {
    if (kind === 'person') onLook({ about: subject, as: name });
    else onLook({ stream: `appraisal-${cycleId}.${subject}`, as: `${name} · ${choices.find(({ id }) => id === cycleId)?.as ?? ''}` });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(text.trim());
      }}
    >
      <div className="row">
        {kind === 'appraisal' && (
          <>
            <label htmlFor={cycleOf}>{t('pick.cycle')}</label>
            <select id={cycleOf} className="plain-select" value={cycleId} onChange={(event) => setCycleId(event.target.value)}>
              <option value="">{t('pick.choose')}</option>
              {choices.map(({ id, as }) => (
                <option key={id} value={id}>
                  {as}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor={textId}>{t('pick.person')}</label>
        <input id={textId} className="plain-input" style={{ width: 180 }} value={text} onChange={(event) => setText(event.target.value)} />
        <Button htmlType="submit" disabled={text.trim() === ''}>
          {t('pick.find')}
        </Button>
      </div>
      {asked !== '' && (
        <Answer query={found} lines={1}>
          {({ items }) => {
            const people = items.filter((item) => item.kind === 'person');
            if (people.length === 0) return <p className="soft">{t('pick.nobody', { text: asked })}</p>;
            return (
              <ul className="cards" aria-label={t('pick.found')}>
                {people.map(({ id, title, subtitle }) => (
                  <li key={id} className="row">
                    <span>
                      {title ?? common('erased')} <span className="soft">{subtitle}</span>
                    </span>
                    <Button type="primary" disabled={kind === 'appraisal' && cycleId === ''} onClick={() => choose(id, title ?? id)}>
                      {t('pick.look')}
                    </Button>
                  </li>
                ))}
              </ul>
            );
          }}
        </Answer>
      )}
    </form>
  );
}

function ById({ onLook }: PartProps): ReactElement {
  const { t } = useTranslation('audit');
  const [text, setText] = useState('');
  const id = useId();
  const given = text.trim();
  const isGood = UUID.test(given) || STREAM.test(given);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onLook(UUID.test(given) ? { about: given, as: given } : { stream: given, as: given });
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
      {given !== '' && !isGood && <span className="soft">{t('pick.wrongId')}</span>}
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
  return items.map(({ appealId, name, filedAt }) => ({ id: appealId, as: `${name ?? '–'} · ${companyDay(filedAt)}` }));
}
async function batches(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/payouts', PAGE));
  return items.map(({ batchId, cycleName, period, round }) => ({ id: batchId, as: `${cycleName ?? formatPeriod(period)} · ${round}` }));
}
async function plans(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/plans', PAGE));
  return items.map(({ planId, name, startDay }) => ({ id: planId, as: `${name ?? '–'} · ${startDay}` }));
}
async function schemes(): Promise<readonly Choice[]> {
  const { items } = await bodyOf(api.GET('/api/v1/schemes'));
  const titles = new Map(items.map(({ schemeId, title }) => [schemeId, title?.[language()] ?? schemeId]));
  return [...titles].map(([id, as]) => ({ id, as }));
}
