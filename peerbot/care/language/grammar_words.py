"""The small words of English and Spanish that the grammar steers by.

How they work together lives in `grammar` and `clauses`.
"""

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Phrases, divided by commas, by their first word."""
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in text.split(","):
        words = tuple(phrase.split())
        by_first[words[0]] = (*by_first.get(words[0], ()), words)
    return by_first


# Words that deny what follows in their clause.
DENIALS = _words(
    "cero denied denies deny hardly jamas nadie negado neither never ni niega niego nobody nor not nunca sin "
    "tampoco without zero"
)
# Beside a "no" these deny the same thing once more, not back: "no pienso ni en".
CONCORD = _words("jamas nadie ni ningun ninguna nunca tampoco")
# "no thoughts of", "no quiero": these count only close by.
NO_BEFORE = _words("ningun ninguna no")
# After "not": what follows is no denial of what comes later ("cannot stop thinking of", "not sure if", "not only").
NO_DENIAL_AFTER = _words(
    "aguanto bear believe breathe certain control controlo cope deja dejo deny doing doy duermo eat "
    "escape even fight fine good handle help hold ignore joking just kidding know lie logro ok "
    "okay one only paro puedo_parar quit resist resisto se shake sleep soporto stand stop sure take tell "
    "well"
)
# "No puedo parar de", "no he dejado de", "no logro sacarme la idea de": what is denied is that it ends.
CEASING = _words("dejado dejar dejo paro parado parar")
RIDDING = _words(
    "aguantar controlar contener evitar ignorar quita quitan quitarme quito resistir sacar sacarme saco sale"
)
# Verbs and links after which a denial still reaches: "I don't think I", "no creo que".
LETS_DENIAL_PAST = _words(
    "believe creo decir digo dije diria feel hope if imply like mean means pienso que quiere said say "
    "saying says significa suggest swear that think thought whether promise guarantee"
)
# Spanish verbs of the first person: each needs a "no" of its own.
FINITE = _words(
    "amarre bebi boy compre consumi deseo escribi estoy fume guarde inyecte junte"
    " kiero me mejor necesito ojala pienso planeo preferiria prefiero quiero quisiera "
    "siento soy tengo tome toy trague voy"
)
# "Cannot promise not to" denies nothing.
PROMISES = _words("promise guarantee prometer prometo garantizar garantizo asegurar aseguro jurar juro")
REFUSALS = _words("not no never nunca tampoco")
# Words that may stand between that "no" and its verb.
LIGHT = _words("ahora asi creo de digo dije es esta hoy la le lo me noche que realmente se si verdad ya yo")
# The writer as subject.
SUBJECT_I = _words("i yo")
# Subjects by which a condition is seen to end.
SUBJECTS = _words("i he she they it you we yo")
# Words inside a match that make it the writer's own.
SELF = _words("am conmigo i me mi mine mis my myself yo")
# One other person.
OTHERS = _words(
    "abuela abuelo amiga amigo aunt bestie bf boyfriend bro brother buddy client compa companera "
    "companero cousin coworker cunada cunado dad daughter dude el ella ellas ellos esposa esposo ex "
    "father friend gf girl girlfriend granddaughter grandma grandpa grandson guy he her hermana hermano "
    "herself hes hija hijo him himself husband kid madre mama marido mom mother mujer mum neighbor "
    "neighbour nephew niece nieta nieto novia novio padre papa pareja partner patient prima primo "
    "roommate she shes sister sobrina sobrino son sponsee stepdad stepmom them themselves they tia tio "
    "uncle vecina vecino wife therapist counselor doctor nurse psychiatrist terapeuta doctora consejera"
    " consejero psicologo psicologa psiquiatra"
)
# Nobody in particular.
ANYONE = _words(
    "addicts alguien anybody anyone character characters clients everybody everyone folks gente hero "
    "individuals jovenes loved men muchos one others patients people personas persons quien quienes "
    "somebody someone students survivors teenagers teens those todos tu us users usted ustedes veterans "
    "vos we who women you your yourself youth "
    "protagonist actor actress villain detective quieres sientes tienes piensas eres"
)
# "My head wants to die" is the writer; "my dog is dying" is not.
PARTS_OF_ME = _words(
    "addiction anxiety arms biggest body brain chest cravings depression desire disease dream feelings "
    "first goal head heart illness last legs life mind only option own pain plan self soul stomach "
    "thoughts urges way whole wish world worst wrists vida cabeza mente cuerpo alma corazon dolor culpa unica"
    " unico propia propio muerte sufrimiento adiccion enfermedad"
)
# They lead back to the person before them.
RELATIVES = _words("que quien that who")
# Right before a match they put it into the past, unless the clause says now.
PAST_AUXILIARIES = _words("did era estaba habia had pensaba queria quise quisiste solia tenia used was were")
# These put it into the past whatever follows.
ALWAYS_PAST = _words("solia used")
# Times that are over; times that are now or a few days old.
PAST_TIMES = _phrases(
    "at twelve, at thirteen, at fourteen, at fifteen, at sixteen, at seventeen, at eighteen, at nineteen, at twenty, "
    "antes queria, antes pensaba, antes bromeaba, antes era, antes tenia, antes despertaba, antes estaba, "
    "antes decia, antes creia, antes sentia, cuando vivia en, cuando andaba, cuando usaba, eso fue, "
    "antes me queria, antes me cortaba, antes me sentia, antes me odiaba, antes me daba, antes me lastimaba, "
    "antes me despertaba, antes me drogaba, antes me hacia, antes me imaginaba, antes me iba, antes me mataba, "
    "la primera vez, aquella vez, cuando intente, cuando quise, cuando trate de, "
    "en ese entonces, en aquellos, en mi juventud, en mi adiccion, "
    "a los quince, a los dieciseis, a los diecisiete, a los dieciocho, a los diecinueve, a los veinte, "
    "years ago, year ago, decades ago, long ago, long time ago, back then, back when, back in, in "
    "the past, in my past, last year, last summer, last winter, used to, when i was, when i used, when i "
    "first, when i got clean, before i got, before recovery, before rehab, before treatment, before i came, "
    "before i found, in my addiction, in active addiction, in high school, in college, as a kid, as a child, "
    "as a teen, as a teenager, growing up, at one point, at my lowest, in those days, once upon, there was a "
    "time, anniversary, hace anos, hace un ano, hace mucho, hace tiempo, hace meses, el ano pasado, en el "
    "pasado, cuando era, cuando estaba, cuando tenia, cuando consumia, cuando bebia, de joven, de nino, de "
    "nina, de adolescente, en aquel entonces, en esa epoca, en aquella epoca, en mis tiempos, antes de la "
    "recuperacion, una vez, en un momento, anos atras, aniversario "
    "estuve "
    ", in my teens, in my twenties, in my youth, in my 20s, in my early, in the nineties, in the 90s, "
    "in those years, in my drinking days, in my using days, en la prepa, en mi adolescencia, en la secundaria, "
    "en la universidad, en otra vida, cuando vivia, in another life"
)
# Times that are over; times that are now or a few days old.
NOW_TIMES = _phrases(
    "now, right now, again, still, today, tonight, lately, currently, these days, recently, this week, this "
    "morning, last night, yesterday, just, ever since, are back, is back, came back, coming back, ahora, "
    "ahorita, hoy, otra vez, de nuevo, todavia, aun, sigo, ultimamente, esta noche, anoche, ayer, volvieron, "
    "han vuelto, estos dias"
)
# The beginning of a condition.
IF = _words("if si")
# "Not sure if", "what if", "even if" are no conditions.
NO_CONDITION_BEFORE_IF = _words(
    "ahora as asking aunque care certain como dont duda even hacemos hacer hago idk importa know like llamamos llamar "
    "llamo marco matter not saber se see sure tell think unsure what wonder wondered wondering"
)
# Verbs in the simple past: beside a past time they tell a story.
SIMPLE_PASTS = _words(
    "thought wanted tried planned considered felt took swallowed attempted wished hoped prayed overdosed cut"
)
# Somebody or something speaks nearby.
SAYING = _words(
    "personaje obra grita gritaba grito "
    "book bumper called cancion canta capitulo cartel chapter character chorus cita contaba conto decia "
    "dice dicen dijo documentary episode escena film frase headline lei leimos letra libro line lines "
    "llamada llamado lyric lyrics meme movie novel novela pelicula podcast poem poema post poster quote "
    "quoted quotes read reads said sang say saying says scene serie shirt show sign singer sings song "
    "sponsor step tells title titled titulado titulo told training tweet wrote "
    "listening watching watched reading playing played"
)
# The one who speaks is the writer.
OWN_WORDS = _words("escribi i me mi my nota note pense pienso thinking thought yo")
# Verbs by which somebody is addressed.
SECOND_PERSON = _words("quieres sientes has estas tienes piensas eres andas querias pensabas estabas dices")
# Stories: what somebody does in them is nobody's danger.
FICTION = _words(
    "movie film book novel scene episode show character protagonist play poem song series chapter pelicula libro novela"
    " escena episodio personaje protagonista obra poema cancion serie capitulo"
)
# "Never have I": the subject stands behind its auxiliary, and a denial before both still reaches.
INVERTED = _words("have had do did would could am was can will")
# "In March" is told of a March that is over more often than of the coming one.
MONTHS = _words(
    "january february march april may june july august september october november december enero febrero marzo abril "
    "mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
)
# Small words by which a language is told; none of them is a word of the other one.
ENGLISH = _words(
    "i the and to of my is am are was it that you not do have has with for on in this but so at be we they he she want "
    "just what can will your from about if or an been when get got been need today help"
)
SPANISH = _words(
    "que de la el y los las un una mi por para con se lo es estoy en al del mis su le te tu yo pero porque mas muy "
    "quiero tengo voy ya hoy esta este como si nada todo hay soy fue cuando sin sobre ayuda nos les gracias ser hace"
)
