import { Button, Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatEnd } from '../../pieces/format';
import { useToast } from '../../pieces/toast';
import type { Invited } from './accounts';

export interface InvitationLinksProps {
  readonly invited: Invited;
  readonly nameOf: (subject: string) => string;
  readonly onClose: () => void;
}

const linkOf = (token: string): string => `${window.location.origin}/invitation/${encodeURIComponent(token)}`;

/** One-time links, this once: they stand nowhere else, neither in the address nor on this device. */
export function InvitationLinks({ invited, nameOf, onClose }: InvitationLinksProps): ReactElement {
  const { t } = useTranslation(['admin', 'common']);
  const say = useToast();
  const copy = (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => say(t('copied')),
      () => say(t('copyFailed'), 'bad'),
    );
  };
  const all = invited.items.map(({ subject, token }) => `${nameOf(subject)}\t${linkOf(token)}`).join('\n');
  return (
    <Modal
      open
      width={720}
      title={t('links')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        <Button key="all" onClick={() => copy(all)} disabled={invited.items.length === 0}>
          {t('copyAll')}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {t('common:close')}
        </Button>,
      ]}
    >
      {invited.items.length > 0 && <div className="note warn">{t('linksText')}</div>}
      <ul className="cards">
        {invited.items.map(({ subject, token, expiresAt }) => (
          <li key={subject}>
            <div className="row">
              <strong>{nameOf(subject)}</strong>
              <span className="soft">
                {t('expires')} {formatEnd(expiresAt)}
              </span>
            </div>
            <div className="row" style={{ flexWrap: 'nowrap' }}>
              <input
                className="plain-input"
                readOnly
                value={linkOf(token)}
                aria-label={`${t('link')}: ${nameOf(subject)}`}
                onFocus={(event) => event.target.select()}
              />
              <Button onClick={() => copy(linkOf(token))} aria-label={`${t('copy')}: ${nameOf(subject)}`}>
                {t('copy')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {invited.notInvited.length > 0 && (
        <div className="note">
          <strong>{t('notInvited')}</strong>
          <ul>
            {invited.notInvited.map(({ subject, reason }) => (
              <li key={subject}>
                {nameOf(subject)}: {t(`why.${reason}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Modal>
  );
}
