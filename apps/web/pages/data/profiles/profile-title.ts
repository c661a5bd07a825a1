import { useTranslation } from 'react-i18next';
import type { texts } from '../../../texts/zh-CN/data';
import type { NamedProfile } from './profile-draft';

type Shipped = keyof (typeof texts)['profile']['shipped'];

/** What a profile is called: those that ship with the product have names, a company's own the name that it was saved under. */
export function useProfileTitle(): (profile: Pick<NamedProfile, 'name' | 'version' | 'builtIn'>) => string {
  const { t, i18n } = useTranslation('data');
  const isShipped = (name: string): name is Shipped => i18n.exists(`data:profile.shipped.${name}`);
  return ({ name, version, builtIn }) => {
    const title = isShipped(name) ? t(`profile.shipped.${name}`) : name;
    return builtIn ? title : t('profile.own', { name: title, version });
  };
}
