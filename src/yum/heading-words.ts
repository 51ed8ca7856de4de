import type { PackageAction } from './events.ts';
import { words } from './phrase-words.ts';

/** Words from the message catalogues of the tools, by meaning. Source: dnf's message catalogues, logs of localized runs. */
export type Words = Readonly<Partial<Record<PackageAction | 'failed', readonly string[]>>>;

/** Headings of the transaction table. */
export const tableWords: Words = {
  install: words(
    'Installing | Installing group/module packages | 설치 중 | 그룹/모듈 꾸러미 설치 | インストール',
    'インストールしています | 安装 | 正在安装 | 安裝 | Installieren | Wird installiert | Installation',
    'Instalando | Установка',
  ),
  upgrade: words(
    'Updating | Upgrading | 향상 중 | アップグレード | 更新 | 升级 | 升級 | 正在更新 | Aktualisieren',
    'Mise à jour | Actualizando | Atualizando | Обновление',
  ),
  downgrade: words(
    'Downgrading | 하향설치 중 | ダウングレード | 降级 | 降級 | Herunterstufen | Rétrogradation',
  ),
  reinstall: words(
    'Reinstalling | 재설치 중 | 再インストール | 重新安装 | 重裝 | Neuinstallieren | Réinstallation',
  ),
  remove: words(
    'Removing | 삭제 중 | 削除中 | 移除 | Entfernen | Suppression | Eliminando | Removendo | Удаление',
  ),
  skip: words(
    'Skipped (dependency problems) | Not installed | Not available | Skipping packages with conflicts',
    'Skipping packages with broken dependencies',
  ),
};

/** Like above, for dependencies. */
export const dependencyWords: Words = {
  install: words(
    'Installing for dependencies | Installing dependencies | Installing weak dependencies',
    '종속 꾸러미 설치 중 | 취약한 종속 꾸러미 설치 중 | 依存関係のインストール',
    '弱い依存関係のインストール | 为依赖而安装 | 安装依赖关系 | 安装弱的依赖 | 將安裝依賴項目',
    'Abhängigkeiten werden installiert | Installiere Abhängigkeiten',
    'Schwache Abhängigkeiten werden installiert | Instalando dependencias',
    'Installation des dépendances | Installation des dépendances faibles | Instalando dependências',
    'Установка зависимостей',
  ),
  upgrade: words('Updating for dependencies | 为依赖而更新'),
  remove: words(
    'Removing for dependencies | Removing dependent packages | Removing unused dependencies',
    '종속 꾸러미지 제거 | 사용하지 않는 종속 꾸러미 제거 | 依存関係パッケージの削除',
    '未使用の依存関係の削除 | 移除依赖的软件包 | 清除未被使用的依赖关系',
    'Nicht benötigte Abhängigkeiten werden entfernt',
  ),
};

/** First words of the rows under `Transaction Summary`. */
export const summaryWords: Words = {
  install: words(
    'Install | Installing | 설치 | 설치 중 | インストール | 安装 | 安裝 | Installieren',
    'Zu installieren | Installer | Instalar | Installati | Установка',
  ),
  upgrade: words(
    'Update | Upgrade | Upgrading | 향상 | 향상 중 | アップグレード | 更新 | 升级 | 升級',
    'Aktualisieren | Mettre à niveau | Actualizar | Atualizar | Aggiornati | Обновление',
  ),
  downgrade: words(
    'Downgrade | Downgrading | 하향설치 | ダウングレード | 降级 | 降級 | Zurücksetzen | Retrograder',
  ),
  reinstall: words('Reinstall | Reinstalling | 재설치 | 再インストール | 重新安装'),
  remove: words(
    'Remove | Removing | 삭제 | 削除 | 移除 | 删除 | Entfernen | Supprimer | Eliminar | Remover',
    'Rimossi | Удаление',
  ),
  replace: words('Replacing'),
  skip: words(
    'Skip | Skipping | 건너뛰기 | スキップ | 跳过 | 略過 | Überspringen | Ignorer',
    'Skipped (dependency problems) | Not installed | Not available',
  ),
};

/** Headings of the lists after the transaction. */
export const resultWords: Words = {
  install: words(
    'Installed | 설치되었습니다 | インストール | インストール済み | 已安装 | 已安裝 | Installiert',
    'Installé | Instalado | Instalados | Installati | Установлен',
  ),
  upgrade: words(
    'Updated | Upgraded | 향상되었습니다 | 更新 | アップグレード済み | 更新完毕 | 已升级 | 已升級',
    'Aktualisiert | Mis à niveau | Actualizado | Atualizados | Aggiornati | Обновлен',
  ),
  downgrade: words(
    'Downgraded | 하향설치됨 | ダウングレード済み | 已降级 | 已降級 | Zurückgesetzt | Rétrogradé',
  ),
  reinstall: words(
    'Reinstalled | 다시 설치되었습니다 | 再インストール済み | 已重装 | 已重裝 | Erneut installiert',
  ),
  remove: words(
    'Removed | Erased | 제거되었습니다 | 削除しました | 删除 | 已移除 | Entfernt | Supprimé',
    'Eliminado',
  ),
  obsolete: words('Replaced'),
  skip: words(
    'Skipped | Skipped (dependency problems) | Not installed | 건너 뛰기됨 | スキップ済み | 已跳过',
    'Übersprungen',
  ),
  failed: words(
    'Failed | 실패하였습니다 | 失敗しました | 失败 | 失敗 | Fehlgeschlagen | Échec | Fallido | Сбой',
  ),
};

/** Like above, for dependencies. */
export const dependencyResultWords: Words = {
  install: words('Dependency Installed | 作为依赖被安装 | 依存性関連をインストールしました'),
  upgrade: words('Dependency Updated | 作为依赖被升级 | 依存性を更新しました'),
  remove: words('Dependency Removed'),
};

export const verifyWords = words(
  'Verifying | 확인 중 | 検証 | 検証中 | 验证 | 验证中 | 核驗 | Überprüfung läuft | Vérification de',
  'Verificando | Verifica in corso | Проверка',
);

export const errorWords = words(
  'Error | 오류 | エラー | 错误 | 錯誤 | Fehler | Erreur | Erro | Errore | Ошибка',
);

export const warningWords = words(
  'warning | Warning | 경고 | 警告 | Warnung | aviso | Attention | attention | advertencia',
);

export const columnWords = words(
  'Package | 꾸러미 | パッケージ | 软件包 | 軟體包 | Paket | Paquet | Paquete | Pacote | Pacchetto',
  'Пакет',
);
