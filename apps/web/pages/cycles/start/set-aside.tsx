import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../pieces/confirm';
import type { PreviewPerson } from '../queries';
import type { StartForm } from './input';

const REASON_MOST = 120;

/** Keeps one person out of the cycle with a reason, or lets them back in. */
export function SetAsideButton({
  form: { setAside, changeSetAside },
  person: { subject, name, reason: excluded },
}: {
  readonly form: StartForm;
  readonly person: PreviewPerson;
}): ReactElement | null {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const [reason, setReason] = useState('');
  const shown = name ?? common('erased');
  if (setAside.some((one) => one.subject === subject))
    return (
      <Button size="small" onClick={() => changeSetAside(setAside.filter((one) => one.subject !== subject))}>
        {t('start.putBack')}
      </Button>
    );
  if (excluded !== null) return null;
  const id = `aside-${subject}`;
  return (
    <Confirm
      act={t('start.setAside')}
      ready={reason.trim() !== ''}
      onConfirm={() => {
        changeSetAside([...setAside, { subject, reason: reason.trim() }]);
        return Promise.resolve();
      }}
      what={
        <>
          <p>{t('start.setAsideWhat', { name: shown })}</p>
          <div className="field">
            <label htmlFor={id}>{t('start.setAsideReason', { name: shown })}</label>
            <input
              id={id}
              className="plain-input"
              maxLength={REASON_MOST}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </>
      }
    />
  );
}
