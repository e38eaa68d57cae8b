/** Quantities that are asked of a process and that no event log has of itself: data, one entry a language. */
import type { Phrases } from "./language.ts";

/** Said in every language. */
export const unheldEverywhere: Phrases =
  "net promoter, customer satisfaction, profit margin, ces score, ebit, roas, co₂";

/**
 * Satisfaction, interest, profit and margin, freight, overtime, emissions, staff turnover, exchange rates, discounts. Beginnings of
 * words, in small letters; a log that has a column called so is asked for it.
 */
export const unheldWords: Readonly<Record<string, Phrases>> = {
  en: "nps, csat, net promoter, customer satisfaction, satisfaction score, satisfied were customers, satisfied are customers, satisfied are our customers, interest rate, profit margin, gross margin, profit per, freight cost, shipping cost, shipping fee, overtime, co2, emissions, carbon footprint, staff turnover, employee turnover, exchange rate, sick days, sick leave, discount rate",
  de: "nps, csat, kundenzufriedenheit, zufriedenheit, zinssatz, zinssätze, zinsen, gewinnmarge, bruttomarge, deckungsbeitrag, gewinn pro, gewinn je, frachtkosten, versandkosten, überstunden, co2, emissionen, fluktuation, wechselkurs, krankheitstage, krankenstand, rabatt",
  fr: "nps, csat, satisfaction client, satisfaction des clients, satisfaction de nos clients, satisfaction de la clientèle, clients sont satisfaits, clients satisfaits, taux d'intérêt, taux d'intérêts, marge brute, marge bénéficiaire, taux de marge, bénéfice par, frais de port, frais de livraison, frais d'expédition, coût du transport, coûts de transport, heures supplémentaires, heures sup, co2, émissions, empreinte carbone, rotation du personnel, taux de change, arrêts maladie, absentéisme",
  es: "nps, csat, satisfacción del cliente, satisfacción de los clientes, satisfacción de nuestros clientes, tasa de interés, tipo de interés, tasas de interés, tipos de interés, margen bruto, margen de beneficio, beneficio por, flete, gastos de envío, costes de envío, costos de envío, coste del transporte, horas extra, co2, emisiones, huella de carbono, rotación de personal, tipo de cambio, bajas por enfermedad, absentismo",
  pt: "nps, csat, satisfação do cliente, satisfação dos clientes, satisfação dos nossos clientes, taxa de juro, taxas de juro, juros, margem bruta, margem de lucro, lucro por, frete, portes, custos de envio, custo do transporte, horas extra, co2, emissões, pegada de carbono, rotatividade, taxa de câmbio, baixas médicas, absentismo, absenteísmo",
  it: "nps, csat, soddisfazione del cliente, soddisfazione dei clienti, soddisfazione dei nostri clienti, soddisfazione della clientela, clienti sono soddisfatti, clienti soddisfatti, tasso d'interesse, tasso di interesse, tassi d'interesse, tassi di interesse, interessi, margine lordo, margine di profitto, utile per, spese di spedizione, costi di spedizione, costo del trasporto, costi di trasporto, straordinari, ore di straordinario, co2, emissioni, impronta di carbonio, turnover del personale, tasso di cambio, giorni di malattia, assenteismo",
  nl: "nps, csat, klanttevredenheid, tevredenheid, rentepercentage, rentevoet, rentetarief, brutomarge, winstmarge, winst per, vrachtkosten, verzendkosten, transportkosten, overuren, overwerk, co2, uitstoot, personeelsverloop, wisselkoers, ziekteverzuim, ziektedagen",
  pl: "nps, csat, satysfakcja klient, satysfakcji klient, satysfakcję klient, zadowolenie klient, zadowolenia klient, zadowoleni są klienci, stopa procentowa, stopy procentowej, oprocentowani, marża, marży, marżę, marże, zysk na, koszt frachtu, koszty frachtu, koszt wysyłki, koszty wysyłki, koszt transportu, koszty transportu, nadgodzin, co2, emisj, ślad węglowy, rotacja pracowników, rotacji pracowników, kurs wymiany, zwolnienia lekarskie, absencj",
  ja: "nps, csat, 顧客満足, 満足度, 金利, 利率, 粗利, 利益率, 送料, 運賃, 輸送費, 残業, co2, 排出量, 離職率, 為替, 病欠",
  zh: "nps, csat, 客户满意, 顾客满意, 满意度, 利率, 毛利, 利润率, 净利润, 运费, 物流费, 加班, co2, 碳排放, 离职率, 汇率, 病假",
};
