import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { formatInstant } from '../../pieces/format';

/** A moment of the past in the address; the page reads everything as it was then. */
export function AsOfField(): ReactElement {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const change = useChangeAddress();
  return (
    <label className="row">
      <span className="soft">{t('cycle.asOfLabel')}</span>
      <input
        type="datetime-local"
        className="plain-input"
        style={{ width: 'auto' }}
        value={asOf === undefined || Number.isNaN(Date.parse(asOf)) ? '' : localOf(Date.parse(asOf))}
        onChange={({ target: { value } }) => {
          const at = Date.parse(value);
          change({ asOf: Number.isNaN(at) ? undefined : new Date(at).toISOString(), after: undefined });
        }}
      />
    </label>
  );
}

export function AsOfNote(): ReactElement | null {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const change = useChangeAddress();
  if (asOf === undefined) return null;
  const when = /^\d{1,15}$/.test(asOf) ? `#${asOf}` : formatInstant(asOf);
  return (
    <div className="note warn row" role="status">
      {t('cycle.asOf', { when })}
      <Button size="small" onClick={() => change({ asOf: undefined, after: undefined })}>
        {t('cycle.asOfNow')}
      </Button>
    </div>
  );
}

/** As the field wants it: the device's own time, without a zone. */
function localOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
