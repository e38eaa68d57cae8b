/** Which attributes of a log hold people, told by what they are called. */

/** Parts of the names of attributes whose values are people, in the languages that logs are written in. */
const personal = new RegExp(
  [
    "resource|user|person|people|employee|clerk|agent|owner|assign|handler|operator|worker|staff|member|contact",
    "patient|applicant|requester|requestor|reporter|manager|approver|actor|originator|customer|client|buyer|seller",
    "e.?mail|phone|mobile|address|surname|first.?name|last.?name|full.?name",
    "mitarbeiter|bearbeiter|benutzer|anwender|kunde|besitzer|ansprechpartner|antragsteller|vorname|nachname|telefon",
    "employ[ée]|utilisateur|collaborateur|client|responsable|prénom|usuario|empleado|cliente|responsable|apellido",
    "utilizador|usu[áa]rio|funcion[áa]rio|utente|impiegato|dipendente|gebruiker|medewerker|klant|pracownik|u[żz]ytkownik",
    "担当|社員|顧客|氏名|用户|员工|客户|姓名|负责人",
  ].join("|"),
  "iu",
);
/** Although their names look so, these are groups and kinds. */
const impersonal = /role|group|team|department|type|segment|class|category|count|number_of|region|country/iu;

export const isPersonal = (attribute: string): boolean =>
  personal.test(attribute) && !impersonal.test(attribute);
