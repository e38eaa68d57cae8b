/** What the suites of evals are called: data. A word that begins so names the suite; most are said alike in several languages. */

/** Those that end within a turn. */
export const suiteWords: Readonly<Record<string, string>> = {
  "golden-paths":
    "golden path, smoke, goldene pfade, goldenen pfade, rauchtest, chemins dorés, chemin doré, fumée, caminos dorados, camino dorado, caminos felices, humo, percorsi d'oro, percorsi aurei, fumo, caminhos dourados, fumaça, gouden paden, gulden paden, rooktest, złote ścieżki, złotych ścieżek, dymn, ゴールデンパス, スモーク, 黄金路径, 冒烟",
  figures:
    "figures suite, figures eval, figure suite, numbers suite, zahlen, kennzahlen-suite, chiffres, cifras, cifre, números, numeri, cijfers, liczb, 数値, 数字",
  clarification:
    "clarif, asking back, klärung, rückfrage, nachfrage, demandes de précision, précisions, aclaraci, chiariment, esclareciment, verduidelijking, wedervrag, doprecyzowa, wyjaśnie, dopyta, 聞き返し, 確認質問, 明確化, 澄清, 追问",
  cannot:
    "cannot, refusal, out of scope, out-of-scope, kann nicht, nichtkönnen, geht nicht, impossibles, refus, no puede, imposibles, negativas, non può, impossibili, rifiuti, não pode, recusas, kan niet, nie może, odmów, odmow, できない, 対応外, 不能, 做不到, 拒绝",
  mechanics:
    "mechanic, mechanik, mécanique, mecánica, meccanica, mecânica, mechanica, メカニクス, 機構, 机制",
  "function-calling":
    "function calling, function-calling, function calls, tool calls, tool calling, funktionsaufruf, werkzeugaufruf, appels de fonction, appels d'outils, llamadas a funciones, chiamate di funzion, chamadas de fun, functieaanroep, wywołań funkcji, wywołania funkcji, wywoływanie funkcji, 関数呼び出し, 函数调用, 工具调用",
};

/** Those that take longer than a turn. */
export const longSuiteWords: Readonly<Record<string, string>> = {
  "red-team": "red team, red-team, redteam, レッドチーム, 红队",
  memory:
    "memory suite, memory eval, gedächtnis, speicher-suite, mémoire, memoria, memória, geheugen, pamięci, 記憶, メモリ, 记忆",
  approvals:
    "approvals suite, approval suite, approvals eval, freigabe-suite, freigabesuite, freigaben-suite, suite des approbations, suite de aprobaciones, suite approvazioni, suite di approvazioni, suite de aprovações, goedkeuringssuite, 承認スイート, 审批套件, 批准套件",
  "channel-parity":
    "channel parity, channel-parity, kanalparität, parité des canaux, paridad de canales, parità dei canali, paridade de canais, kanaalpariteit, チャネルパリティ, 渠道一致性",
  understanding:
    "understanding suite, understanding eval, verständnis-suite, verständnissuite, suite de compréhension, suite de comprensión, suite di comprensione, suite de compreensão, begrips-suite, 理解スイート, 理解套件",
};
