/**
 * Cities and regions that are called otherwise abroad: the name there and the one in English first, then what others say.
 * Names that are everyday words somewhere ("Nice") are left out.
 */
const rows: readonly string[] = [
  "Wien, Vienna, Wenen, Vienne, Viena, Wiedeń, ウィーン, 维也纳",
  "Tirol, Tyrol, Tirolo, Tyrol, Tirolo, チロル, 蒂罗尔",
  "München, Munich, Múnich, Munique, Monaco di Baviera, Monachium, ミュンヘン, 慕尼黑",
  "Köln, Cologne, Keulen, Colonia, Colônia, Kolonia, ケルン, 科隆",
  "Hamburg, Hamburg, Hambourg, Hamburgo, Amburgo, ハンブルク, 汉堡",
  "Leipzig, Leipzig, Lipsia, Lipsk, ライプツィヒ, 莱比锡",
  "Berlin, Berlin, Berlijn, Berlín, Berlim, Berlino, ベルリン, 柏林",
  "Frankfurt, Frankfurt, Francfort, Fráncfort, Francoforte, フランクフルト, 法兰克福",
  "Nürnberg, Nuremberg, Neurenberg, Núremberg, Nuremberga, Norimberga, Norymberga",
  "Dresden, Dresden, Dresde, Dresda, Drezno",
  "Stuttgart, Stuttgart, Stoccarda, Estugarda",
  "Zürich, Zurich, Zúrich, Zurique, Zurigo, Zurych",
  "Genève, Geneva, Genf, Ginebra, Genebra, Ginevra, Genewa",
  "Basel, Basel, Bâle, Basilea, Basileia, Bazel, Bazylea",
  "Bern, Bern, Berne, Berna, Berno",
  "Paris, Paris, Parijs, París, Parigi, Paryż, パリ, 巴黎",
  "Lyon, Lyons, Lione, Lião",
  "Marseille, Marseilles, Marsiglia, Marsella, Marselha, Marsylia",
  "Strasbourg, Strasbourg, Straßburg, Straatsburg, Estrasburgo, Strasburgo, Strasburg",
  "Bruxelles, Brussels, Brüssel, Brussel, Bruselas, Bruxelas, Bruksela",
  "Antwerpen, Antwerp, Anvers, Amberes, Antuérpia, Anversa, Antwerpia",
  "Den Haag, The Hague, La Haye, La Haya, Haia, Haga",
  "Roma, Rome, Rom, Rzym, ローマ, 罗马",
  "Milano, Milan, Mailand, Milaan, Milán, Milão, Mediolan, ミラノ, 米兰",
  "Torino, Turin, Turijn, Turín, Turim, Turyn",
  "Napoli, Naples, Neapel, Napels, Nápoles, Neapol",
  "Venezia, Venice, Venedig, Venetië, Venise, Venecia, Veneza, Wenecja",
  "Firenze, Florence, Florenz, Florencia, Florença, Florencja",
  "Genova, Genoa, Genua, Gênes, Génova, Gênova",
  "Sevilla, Seville, Séville, Sevilha, Siviglia, Sewilla",
  "Lisboa, Lisbon, Lissabon, Lisbonne, Lisbona, Lizbona, リスボン, 里斯本",
  "Warszawa, Warsaw, Warschau, Varsovie, Varsovia, Varsóvia, Varsavia, ワルシャワ, 华沙",
  "Kraków, Cracow, Krakau, Cracovie, Cracovia, Cracóvia",
  "Gdańsk, Gdansk, Danzig, Danzica",
  "Wrocław, Wroclaw, Breslau, Breslavia",
  "Poznań, Poznan, Posen",
  "Mazowsze, Mazovia, Masowien, Mazovië, Mazovie, Masovia, Mazóvia, マゾフシェ, 马佐夫舍",
  "Śląsk, Silesia, Schlesien, Silezië, Silésie, Silésia, Slesia, シレジア, 西里西亚",
  "Praha, Prague, Prag, Praag, Praga",
  "København, Copenhagen, Kopenhagen, Copenhague, Copenaghen, Kopenhaga",
  "Athína, Athens, Athen, Athene, Athènes, Atenas, Atene, Ateny",
  "Moskva, Moscow, Moskau, Moskou, Moscou, Moscú, Moscovo, Mosca, Moskwa",
  "Bucureşti, Bucharest, Bukarest, Boekarest, Bucarest, Bucareste, Bukareszt",
  "Beograd, Belgrade, Belgrad, Belgrado",
  "London, London, Londen, Londres, Londra, Londyn, ロンドン, 伦敦",
  "Bayern, Bavaria, Beieren, Bavière, Baviera, Bawaria",
  "Sachsen, Saxony, Saksen, Saxe, Sajonia, Saxónia, Sassonia, Saksonia",
  "Toscana, Tuscany, Toskana, Toscane, Toscânia",
  "Catalunya, Catalonia, Katalonien, Catalonië, Catalogne, Cataluña, Catalunha, Catalogna, Katalonia",
  "Vlaanderen, Flanders, Flandern, Flandre, Flandes, Flandres, Fiandre, Flandria",
];

/** What is said for a place, and what a log may call it by. */
export const places: readonly (readonly [said: string, names: readonly string[]])[] = rows.flatMap((row) => {
  const all = row.split(", ");
  const names = all.slice(0, 2);
  return [...new Set(all)].map((said) => [said, names.filter((name) => name !== said)] as const);
});
