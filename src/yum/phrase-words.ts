/** The meaning of a line that consists of a known phrase. */
export type Phrase =
  | 'complete'
  | 'nothing'
  | 'aborted'
  | 'resolved'
  | 'summary'
  | 'downloading'
  | 'check'
  | 'test'
  | 'passed'
  | 'transaction'
  | 'loading'
  | 'loaded'
  | 'unresolved';

/** Alternatives, several per line. */
export function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' | '));
}

/** Phrases from the message catalogues of the tools; yum 3 has none for Korean. Source: dnf's message catalogues, logs of localized runs. */
export const phraseWords: Readonly<Record<Phrase, readonly string[]>> = {
  complete: words(
    'Complete! | 완료되었습니다! | 完了しました! | 完了しました！ | 完毕！ | 完成！ | Fertig!',
    'Fertig. | Komplett! | Abgeschlossen! | Terminé ! | ¡Listo! | Concluído! | Fatto! | Выполнено!',
    'Metadata cache created. | Metadata Cache Created | 메타 자료 캐쉬가 생성되었습니다.',
    'メタデータキャッシュを作成しました。 | 元数据缓存已建立。',
    'Metadaten-Zwischenspeicher wurde erstellt. | exiting because "Download Only" specified',
    'Cleaning up completed transaction file | Transaction complete! Cleaning up and rebooting...',
    'Transaction complete! Cleaning up and powering off...',
  ),
  nothing: words(
    'Nothing to do | Nothing to do. | No packages marked for update | No Packages marked for Update',
    'No packages marked for removal | No Packages marked for removal',
    'No unfinished transactions left. | Trying to run the transaction but nothing to do. Exiting.',
    'No packages marked for reinstall | 처리가 필요하지 않습니다. | 行うべきことはありません。',
    '无需任何处理。 | 無事可做。 | Nichts zu tun. | Rien à faire. | Nada por hacer.',
    'Nada para fazer. | Nessuna operazione da compiere. | Отсутствуют действия для выполнения.',
  ),
  aborted: words(
    'Operation aborted. | Operation aborted by the user. | Exiting on user command',
    'Exiting on user Command | Exiting on user cancel | Exiting on user cancel.',
    'KeyboardInterrupt: Terminated. | 작업이 중지됩니다. | 操作が中断されました。 | 操作中止。',
    '取消作業。 | Operation abgebrochen. | Opération avortée. | Operación abortada.',
    'Operação abortada. | Operazione annullata. | Операция прервана.',
  ),
  resolved: words(
    'Dependencies resolved. | Dependencies Resolved | 종속성이 해결되었습니다.',
    '依存関係が解決しました。 | 依存性を解決しました | 依赖关系解决。 | 依赖关系解决',
    '依賴關係解析完畢。 | Abhängigkeiten sind aufgelöst. | Dépendances résolues.',
    'Dependencias resueltas. | Dependências resolvidas. | Dependências resolvidas',
    'Dipendenze risolte. | Зависимости разрешены.',
  ),
  summary: words(
    'Transaction Summary | 연결 요약 | トランザクションの概要 | トランザクションの要約 | 事务概要',
    '處理事項摘要 | Transaktionszusammenfassung | Transaktionsübersicht | Résumé de la transaction',
    'Resumo da transação | Resumen de la transacción | Riepilogo della transazione',
    'Результат транзакции',
  ),
  downloading: words(
    'Downloading packages | Downloading Packages | Background downloading packages, then exiting',
    '꾸러미 내려받기 중 | パッケージのダウンロード | パッケージをダウンロードしています | 下载软件包',
    '下載軟體包 | Pakete werden heruntergeladen | Téléchargement des paquets | Descargando paquetes',
    'Baixando pacotes | Scaricamento dei pacchetti | Загрузка пакетов',
  ),
  check: words(
    'Running transaction check | Running Transaction Check | Running rpm_check_debug',
    '연결 확인 실행 중 | トランザクションの確認を実行中 | rpm_check_debug を実行しています',
    '运行事务检查 | 執行處理事項檢查 | Transaktionsüberprüfung wird ausgeführt',
    'Test de la transaction | Executando verificação da transação',
    'Ejecutando verificación de operación | Esecuzione del controllo di transazione',
    'Проверка транзакции',
  ),
  test: words(
    'Running transaction test | Running Transaction Test | 연결 시험 실행 중 | 运行事务测试',
    '執行處理事項測試 | トランザクションのテストを実行中 | トランザクションのテストを実行しています',
    'Transaktion wird getestet | Lancement de la transaction de test',
    'Ejecutando prueba de operaciones | Executando teste de transação | Test di transazione in corso',
    'Идет проверка транзакции',
  ),
  passed: words(
    'Transaction test succeeded | Transaction test succeeded. | Transaction Test Succeeded',
    'Finished Transaction Test | Transaction check succeeded. | 연결 확인에 성공했습니다.',
    '연결 시험에 성공했습니다. | トランザクションの確認に成功しました。',
    'トランザクションのテストに成功しました。 | 事务检查成功。 | 事务测试成功。',
    'トランザクションのテストを成功しました | Transaktionsprüfung war erfolgreich.',
    'Transaktionstest war erfolgreich. | Transaktionsüberprüfung war erfolgreich.',
    'La vérification de la transaction a réussi. | Transaction de test réussie.',
    'Verificación de operación exitosa. | Prueba de operación exitosa.',
    'Verificação de transação concluída. | Teste de transação concluído.',
  ),
  transaction: words(
    'Running transaction | Running Transaction | Running transaction (shutdown inhibited)',
    '연결 실행 중 | トランザクションを実行中 | トランザクションを実行しています | 运行事务',
    '執行處理事項 | Transaktion wird ausgeführt | Exécution de la transaction | Ejecutando operación',
    'Executando a transação | Transazione in corso | Выполнение транзакции',
  ),
  loading: words(
    'Updating and loading repositories | 저장소 최신화 및 적재 중',
    'Paketquellen aktualisieren und laden',
  ),
  loaded: words('Repositories loaded. | 저장소가 적재됨. | Paketquellen geladen.'),
  unresolved: words('Failed to resolve the transaction | 정상적인 연결 수행에 실패하였습니다'),
};
