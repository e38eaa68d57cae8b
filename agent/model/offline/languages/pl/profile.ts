import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "pl",
  name: "Polski",
  functionWords:
    "przeciw temu i a o u w we z ze na do od po za przez przed pod nad przy dla bez między oraz lub albo ale lecz więc że żeby aby by bo ponieważ gdy gdyby jeśli jeżeli kiedy dopóki czy nie tak już jeszcze tylko też także również się mi mnie mną ja ty my wy nam nas nami wam was pan pani państwo on ona ono oni one jego jej ich im nim nimi mu ją je to ten ta te ci tego tej tych temu tym tymi tę tą tamten tamta tamto taki taka takie takich co kto kogo komu kim czym czego czemu który która które którzy których którym którymi którą którego której jaki jaka jakie jakich jakim jaką jakiego jakiej jak gdzie skąd dokąd dlaczego ile ilu jest są był była było były być będzie będą bywa mam masz ma mamy macie mają miał miała miały może mogę możesz możemy mogą można trzeba należy powinien powinna powinno powinny powinniśmy musi muszą chcę chce chcemy proszę pokaż podaj powiedz nasz nasza nasze naszych naszym naszego naszej mój moja moje moich moim twój swój swoje każdy każda każde każdego każdej wszystko wszystkie wszystkich wszyscy żaden żadne nic nikt coś ktoś jakiś jakieś jakaś tu tam teraz potem wtedy bardzo więcej mniej najbardziej najwięcej najczęściej dużo mało zawsze nigdy obecnie właśnie jednak podczas według wobec niż sam sama samo",
  traits:
    "ł, _w_, _z_, cj, ą, ę, ż, ź, ś, ć, ń, sz, cz, rz, dz, szcz, prz, ów_, ych_, ego_, owa, owy, ość, ści, nie_, nia_, icz, aj_, ją_, zy, wy",
  script: null,
};
