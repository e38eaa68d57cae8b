import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "pt",
  name: "Português",
  functionWords:
    "o a os as um uma uns umas de do da dos das no na nos nas ao à aos às pelo pela pelos pelas num numa dum duma e ou mas porém que quê quem qual quais quanto quanta quantos quantas como quando onde aonde por porque porquê para pra pro com sem sobre entre até desde segundo contra durante em eu tu você vocês ele ela eles elas nós me te se lhe lhes meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas este esta estes estas esse essa esses essas isso isto aquele aquela aquilo deste desta desse dessa disso disto nesse nessa neste nesta é são era eram foi foram ser está estão estava estamos estou há tem têm temos tenho ter tinha houve pode podem podemos posso poderia deve devem devia quero queria vai vão vamos vou faz fazem fazer diz mostra mostre mostrem dá não nem sim mais menos muito muita muitos muitas pouco poucos tanto tanta tantos tantas tão tudo todo toda todos todas cada outro outra outros outras algo alguém algum alguma alguns algumas nada ninguém nenhum nenhuma já ainda também só somente sempre nunca jamais agora hoje ontem aqui aí ali lá assim então depois antes mesmo mesma favor mim comigo contigo pras pros tá tô né vc vcs cê pq tb tbm hein pfv abaixo acima dentro fora cadê contudo enquanto gostaria preciso precisa consegue quis seria seriam fosse fossem estivesse tivesse sejam seja será serão estiver sou és estás sendo sido havia houver nela nele dela dele delas deles daqui dali logo tirando talvez cujo cuja",
  traits:
    "édio_, édia_, zes_, asse_, esse_, isse_, armos_, ermos_, irmos_, lise_, ã, õ, ç, á, é, í, ú, ção_, ções, ões_, ão_, nh, lh, ê, ô, â, ó, dade_, mento, eiro, eira, ei_, ou_, agem_, ém_",
  script: null,
};
