/** What columns are called, by role: a weight, and names after `plainName`. English, German, French, Spanish, Portuguese, Italian, Dutch, Polish. */
export type Role = "case" | "activity" | "timestamp" | "start" | "resource" | "lifecycle" | "instance";

const names = (weight: number, list: string): [number, readonly string[]] => [
  weight,
  list.split(",").map((name) => name.trim()),
];

export const ROLE_NAMES: Readonly<Record<Role, readonly [number, readonly string[]][]>> = {
  case: [
    names(100, "case concept name"),
    names(
      90,
      "case id, case, caseid, case key, case no, case nr, case number, case identifier, case name, trace, trace id, process instance, process instance id, fall id, fall, fallnummer, fall nr, vorgang, vorgang id, vorgangs id, vorgangsnummer, vorgangsnr, vorgang nr, prozessinstanz, id de cas, id cas, cas, numero de cas, dossier, numero de dossier, no dossier, id dossier, id caso, caso, caso id, id del caso, numero de caso, id do caso, numero do caso, numero caso, processo, id processo, numero do processo, expediente, numero de expediente, pratica, id pratica, numero pratica, zaak, zaak id, zaaknummer, zaak nr, dossiernummer, sprawa, id sprawy, nr sprawy, numer sprawy, przypadek, id przypadku",
    ),
    names(
      70,
      "order id, order no, order number, order nr, order, ticket id, ticket, ticket no, ticket number, incident id, incident, incident number, request id, request, request number, claim id, claim, claim number, application id, application, loan id, patient, patient id, invoice id, invoice, invoice number, purchase order, po number, po id, document id, declaration id, auftrag, auftragsnummer, auftrags id, auftragsnr, bestellung, bestellnummer, bestell id, antrag, antragsnummer, rechnung, rechnungsnummer, ticketnummer, commande, numero de commande, id commande, no commande, facture, numero de facture, demande, pedido, id pedido, numero de pedido, numero do pedido, id do pedido, factura, solicitud, id solicitud, fatura, solicitacao, ordine, id ordine, numero ordine, fattura, richiesta, bestelling, bestelnummer, ordernummer, factuur, factuurnummer, aanvraag, zamowienie, nr zamowienia, id zamowienia, numer zamowienia, faktura, nr faktury, wniosek, zgloszenie",
    ),
    names(30, "id, key, nummer, number, numero, nr, no, numer"),
  ],
  activity: [
    names(100, "concept name"),
    names(
      90,
      "activity, activity name, activity id, activity label, activityid, aktivitat, aktivitaet, activite, nom activite, nom de l activite, actividad, nombre actividad, atividade, nome da atividade, attivita, nome attivita, activiteit, naam activiteit, aktywnosc, czynnosc, nazwa czynnosci",
    ),
    names(
      80,
      "task, task name, step, step name, process step, schritt, prozessschritt, arbeitsschritt, vorgangsschritt, tatigkeit, taetigkeit, aufgabe, etape, tache, tarea, paso, tarefa, etapa, passo, compito, passaggio, taak, stap, processtap, processtap naam, zadanie, krok, etap",
    ),
    names(
      70,
      "event, event name, action, operation, ereignis, ereignisname, aktion, massnahme, evenement, action name, evento, accion, acao, azione, gebeurtenis, actie, handling, handeling, zdarzenie, akcja, dzialanie",
    ),
    names(
      40,
      "event type, status, state, stage, phase, fase, zustand, statut, estado, stato, toestand, stan",
    ),
  ],
  timestamp: [
    names(100, "time timestamp"),
    names(
      95,
      "complete timestamp, completion timestamp, completion time, complete time, complete, completed, completed at, completion, end time, end timestamp, end, ended, ended at, end date, enddate, finish time, finish, finished at, finish timestamp, time complete, time end, endzeit, ende, endzeitpunkt, enddatum, endzeitstempel, abgeschlossen, abgeschlossen am, abschluss, fertigstellung, date de fin, date fin, fin, heure de fin, fecha fin, fecha de fin, fecha final, fecha finalizacion, hora fin, hora de fin, hora final, data fim, data de fim, fim, data final, hora fim, data de conclusao, conclusao, data fine, data di fine, fine, ora fine, data completamento, eindtijd, einde, einddatum, eindtijdstip, afgerond, koniec, data zakonczenia, czas zakonczenia, zakonczenie",
    ),
    names(
      85,
      "timestamp, time stamp, event timestamp, event time, eventtime, zeitstempel, horodatage, horodate, marca de tiempo, marca temporal, carimbo de data hora, carimbo de tempo, marca temporale, tijdstempel, znacznik czasu",
    ),
    names(
      80,
      "time, datetime, date time, dateandtime, date and time, occurred at, event date, zeit, zeitpunkt, datum uhrzeit, datum zeit, datum und uhrzeit, uhrzeit, date heure, date et heure, heure, fecha y hora, fecha hora, hora, data e hora, data hora, data ora, data e ora, ora, tijd, tijdstip, datum tijd, datum en tijd, czas, data i czas, data i godzina, godzina, data czas",
    ),
    names(70, "date, day, datum, tag, fecha, data, created at, created, updated at"),
  ],
  start: [
    names(100, "start timestamp, time start"),
    names(
      95,
      "start time, start, started, started at, start date, startdate, begin, begin time, began at, beginning, begin timestamp, time begin, startzeit, startzeitpunkt, startdatum, startzeitstempel, beginn, beginnzeit, anfang, begonnen, begonnen am, date de debut, date debut, debut, heure de debut, fecha inicio, fecha de inicio, inicio, hora inicio, hora de inicio, comienzo, data inicio, data de inicio, data inizio, data di inizio, inizio, ora inizio, starttijd, begintijd, begindatum, starttijdstip, begin tijd, poczatek, data rozpoczecia, czas rozpoczecia, rozpoczecie, czas startu",
    ),
  ],
  resource: [
    names(100, "org resource"),
    names(90, "resource, resource name, resource id, ressource, recurso, risorsa, zasob, bron, middel"),
    names(
      80,
      "user, user name, username, user id, employee, employee id, employee name, agent, worker, performer, performed by, executed by, assignee, assigned to, operator, handler, handled by, staff, originator, actor, clerk, bearbeiter, bearbeiterin, sachbearbeiter, sachbearbeiterin, mitarbeiter, mitarbeiterin, benutzer, nutzer, ausfuhrender, ausfuehrender, durchgefuhrt von, utilisateur, employe, acteur, executant, intervenant, traite par, usuario, empleado, responsable, agente, ejecutor, utilizador, funcionario, responsavel, executor, colaborador, utente, operatore, addetto, dipendente, responsabile, esecutore, medewerker, gebruiker, behandelaar, uitvoerder, uzytkownik, pracownik, wykonawca, osoba",
    ),
  ],
  lifecycle: [
    names(100, "lifecycle transition"),
    names(
      90,
      "lifecycle, life cycle, lifecycle state, transition, transition type, event lifecycle, registration type",
    ),
  ],
  instance: [
    names(100, "concept instance"),
    names(
      90,
      "activity instance, activity instance id, activityinstance, activity instance identifier, work item id, workitem id, task instance, task instance id, instance, instance id",
    ),
  ],
};

/** Lower case, without accents, words apart: "CaseID" → "case id", "case:concept:name" → "case concept name". */
export function plainName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
}

/** How strongly a column's name says that it plays a role: 0 to 100. */
export function nameWeight(role: Role, name: string): number {
  const plain = plainName(name);
  for (const [weight, list] of ROLE_NAMES[role]) {
    if (list.includes(plain) || list.includes(plain.replaceAll(" ", ""))) return weight;
  }
  return 0;
}
