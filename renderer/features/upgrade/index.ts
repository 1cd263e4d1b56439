export { UpgradeDoneScreen } from './UpgradeDoneScreen.tsx';
export { UpgradeScreen } from './UpgradeScreen.tsx';
