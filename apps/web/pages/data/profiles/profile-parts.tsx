import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatList } from '../../../pieces/format';
import type { CsvHead } from './csv-head';
import { valuesIn } from './csv-head';
import { DATE_FORMATS, formatsFitting, type Lack, MOST, OWNER_KINDS, type ProfileDraft } from './profile-draft';
import { ProfileFacts } from './profile-facts';
import { ColumnField, Ticks } from './profile-fields';

export interface ProfilePartsProps {
  readonly head: CsvHead;
  readonly draft: ProfileDraft;
  readonly lacks: readonly Lack[];
  readonly onChange: (part: Partial<ProfileDraft>) => void;
}

/** Values of a column that are offered to tick: a column with more is no state. */
const STATES = 40;

/** Everything that a profile says of a file's columns. */
export function ProfileParts(props: ProfilePartsProps): ReactElement {
  const { head, draft, lacks, onChange } = props;
  const { t } = useTranslation('data');
  const isLacking = (field: Lack['field']): boolean => lacks.some((one) => one.field === field);
  return (
    <>
      <div className="two">
        <Code
          id="profile-name"
          label={t('profile.name')}
          hint={t('profile.nameHint')}
          value={draft.name}
          onChange={(name) => onChange({ name })}
        />
        <Code
          id="profile-source"
          label={t('wizard.source')}
          hint={t('profile.sourceHint')}
          value={draft.source}
          onChange={(source) => onChange({ source })}
        />
        <ColumnField
          id="profile-owner"
          label={t('profile.owner')}
          head={head}
          value={draft.owner}
          onChange={(owner) => onChange({ owner })}
          isLacking={isLacking('owner')}
        />
        <Unknown value={draft.unknown} onChange={(unknown) => onChange({ unknown })} />
      </div>
      <Ticks
        label={t('profile.by')}
        options={OWNER_KINDS.map((value) => ({ value, title: t(`profile.kinds.${value}`) }))}
        chosen={draft.by}
        onChange={(by) => onChange({ by })}
      />
      <div className="two">
        <Records head={head} records={draft.records} onChange={(records) => onChange({ records })} />
        <ColumnField
          id="profile-day"
          label={t('person.happenedOn')}
          head={head}
          value={draft.day}
          onChange={(day) => {
            const fitting = formatsFitting(head, day);
            onChange({ day, ...(fitting.length > 0 ? { formats: fitting } : {}) });
          }}
          isLacking={isLacking('day')}
        />
        <Numbers value={draft.numbers} styles={draft.numberStyles} onChange={(numbers) => onChange({ numbers })} />
      </div>
      <Ticks
        label={t('profile.formats')}
        options={[...new Set([...DATE_FORMATS, ...draft.formats])].map((value) => ({ value, title: <code>{value}</code> }))}
        chosen={draft.formats}
        onChange={(formats) => onChange({ formats })}
      />
      <ProfileFacts head={head} facts={draft.facts} onChange={(facts) => onChange({ facts })} />
      <Filter {...props} />
    </>
  );
}

function Code({
  id,
  label,
  hint,
  value,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="plain-input"
        maxLength={100}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="soft">
        {hint}
      </span>
    </div>
  );
}

/** Columns that tell a record from others: one, with further ones where needed. */
function Records({
  head,
  records,
  onChange,
}: {
  readonly head: CsvHead;
  readonly records: readonly (string | undefined)[];
  readonly onChange: (records: readonly (string | undefined)[]) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  const isNextOffered = records.length < 2 || records.at(-1) !== '';
  const shown = isNextOffered && records.length < MOST.records ? [...records, ''] : records;
  return (
    <>
      {shown.map((column, index) => (
        <ColumnField
          key={index}
          id={index === 0 ? 'profile-record' : `profile-record${index + 1}`}
          label={index === 0 ? t('profile.record') : t('profile.recordMore', { number: index + 1 })}
          {...(index === 0 ? {} : { none: t('profile.noFurther') })}
          head={head}
          value={column}
          onChange={(next) => onChange(shown.map((one, at) => (at === index ? next : one)))}
          isLacking={column === undefined || (index === 0 && column === '')}
          unchosen={{ label: t('profile.notInFileEither') }}
        />
      ))}
    </>
  );
}

function Unknown({
  value,
  onChange,
}: {
  readonly value: ProfileDraft['unknown'];
  readonly onChange: (value: ProfileDraft['unknown']) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  return (
    <div className="field">
      <label htmlFor="profile-unknown">{t('profile.unknown')}</label>
      <select
        id="profile-unknown"
        className="plain-select"
        value={value}
        onChange={(event) => onChange(event.target.value === 'set-aside' ? 'set-aside' : 'refuse')}
      >
        <option value="refuse">{t('profile.unknowns.refuse')}</option>
        <option value="set-aside">{t('profile.unknowns.set-aside')}</option>
      </select>
    </div>
  );
}

function Numbers({
  value,
  styles,
  onChange,
}: {
  readonly value: ProfileDraft['numbers'];
  readonly styles: ProfileDraft['numberStyles'];
  readonly onChange: (value: ProfileDraft['numbers']) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  return (
    <div className="field">
      <label htmlFor="profile-numbers">{t('profile.numbers')}</label>
      <select
        id="profile-numbers"
        className="plain-select"
        value={value}
        onChange={(event) => onChange(styles.find((one) => one === event.target.value) ?? value)}
      >
        {styles.map((one) => (
          <option key={one} value={one}>
            {t(`profile.styles.${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which rows count: every one, or those whose state is one of a few. */
function Filter({ head, draft, lacks, onChange }: ProfilePartsProps): ReactElement {
  const { t } = useTranslation('data');
  const { filterColumn, filterValues, keptFilter, filterLacks } = draft;
  const keep = (): void => onChange({ filterColumn: undefined, filterValues: [] });
  const keptLabel = filterLacks.length > 0 ? t('profile.conditionLacks', { columns: formatList(filterLacks) }) : t('profile.keptFilter');
  const found = filterColumn === undefined || filterColumn === '' ? [] : valuesIn(head, filterColumn, STATES);
  const offered = [...new Set([...found, ...filterValues])].slice(0, MOST.values);
  return (
    <>
      <ColumnField
        id="profile-filter"
        label={t('profile.filter')}
        none={t('profile.everyRow')}
        {...(keptFilter === undefined ? {} : { unchosen: { label: keptLabel, onChoose: keep } })}
        isLacking={lacks.some(({ field }) => field === 'filter')}
        head={head}
        value={filterColumn}
        onChange={(column) => onChange({ filterColumn: column, filterValues: [] })}
      />
      {filterColumn !== undefined && filterColumn !== '' && (
        <Ticks
          label={t('profile.filterValues', { column: filterColumn })}
          options={offered.map((value) => ({ value, title: value }))}
          chosen={filterValues}
          onChange={(values) => onChange({ filterValues: values })}
        />
      )}
    </>
  );
}
