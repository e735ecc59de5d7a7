# Grupos: preparación, entrada, mensajes y revisiones, horarios y sesiones, y los ajustes que ve el equipo.

command-tip = Algo que puedes probar ahora
command-rules = Las reglas del grupo; para el equipo, las de las alertas
command-report = Responde a un mensaje: que alguien lo mire
command-worried = Me preocupa alguien del grupo
command-groups = Tus grupos y sus ajustes
command-sessions = Las próximas sesiones y quién viene
command-review = Lo que espera a que alguien lo mire
command-setup = Preparar un grupo

# Preparación
setup-greeting =
    Hola. Cuido grupos de un programa de tratamiento. Para empezar, alguien del equipo puede enviar /setup aquí.
setup-anonymous = No puedo saber quién eres si escribes como el grupo. Envíalo desde tu propia cuenta, por favor.
setup-staff-only = Solo el equipo del programa puede preparar un grupo.
setup-how =
    <b>Preparar un grupo</b>
    1. Agrega a @{ $bot } a un supergrupo y dale administración.
    2. Permítele borrar mensajes, restringir miembros, invitar personas y fijar mensajes.
    3. Envía /setup en el grupo.

    Después usa /groups aquí para las sesiones, las horas con equipo, el tema del día y quién tiene lugar.
setup-head = <b>Qué necesito aquí y para qué</b>
right-delete-messages = <b>Borrar mensajes</b>: para retirar ofertas, teléfonos y enlaces de fuera
right-restrict-members = <b>Restringir miembros</b>: para pausar a alguien un rato y cerrar el grupo fuera de las horas con equipo
right-invite-users = <b>Invitar personas</b>: para abrir la puerta a quien pide entrar
right-pin-messages = <b>Fijar mensajes</b>: para fijar que esto no es para emergencias
setup-missing = Lo marcado con ❌ está apagado hasta que quien es dueño del grupo lo active. Yo me doy cuenta.
setup-not-super =
    Este todavía es un grupo simple, y ahí no funcionan las pausas. En los ajustes del grupo, haz visible el historial para miembros nuevos. Telegram lo convierte entonces en supergrupo, y yo me mudo con él.
setup-well = <b>Todo está bien.</b> Todo lo que hago aquí está activo. Activa también la aprobación de miembros nuevos, para que nadie entre sin pasar por la puerta.
rights-lost =
    <b>{ $group }: algo de lo que hago ahí está apagado.</b>
    Me falta este permiso:
rights-how = Quien es dueño del grupo puede activarlo en la lista de administradores. Vuelvo a mirar cada diez minutos.
rights-back = <b>{ $group }: todo está bien otra vez.</b> Tengo ahí todos los permisos que necesito.
group-put-out =
    <b>Ya no estoy en { $group }.</b>
    Ahora nadie revisa los mensajes ahí, y las sesiones y los temas se detuvieron. No se perdió nada de lo ajustado: agrégame otra vez y envía /setup.
group-post-unread =
    <b>{ $group }: hay un mensaje que no pude leer.</b>
    Algo falló de mi lado. Por favor, mira ahora los últimos mensajes.
group-statement =
    <b>Este grupo no es para emergencias.</b> Nadie lo vigila día y noche. Si tú u otra persona está en peligro, llama, por favor:
group-statement-2 = También puedes abrir un chat privado conmigo y enviar /now. Las reglas del grupo: /rules
group-card-foot = También puedes abrir un chat privado conmigo y enviar /now. Aquí nadie lo ve.

# Entrada
group-rules-head = <b>Las reglas de este grupo</b>
rules-accept =
    <b>Te damos la bienvenida a { $group }.</b>
    Antes de entrar, lee estas reglas, por favor:
rules-ask = ¿Te parecen bien? Leer también es participar.
button-accept-rules = Sí, quiero entrar
button-not-now = Ahora no
rules-accepted = Gracias. Te abro la puerta de <b>{ $group }</b>.
rules-later = Está bien. No se pierde nada: toca abajo cuando quieras.
join-waits =
    Gracias por pedir entrar en <b>{ $group }</b>. Primero lo mira alguien del equipo, y puede tardar un poco. Si necesitas ayuda ahora, envía /now.
join-in = Ya estás dentro. Te damos la bienvenida a <b>{ $group }</b>. Puedes ver las reglas con /rules.
join-declined = Gracias por pedirlo. Por ahora no hay lugar para ti en <b>{ $group }</b>. Pregunta a tu consejero o consejera qué más hay.
join-staff-participant =
    <b>{ $who }</b> pide entrar en <b>{ $group }</b> y todavía no tiene lugar ahí.
    Si le abres, recibe un lugar y antes lee las reglas.
join-staff-unknown =
    Alguien con el nombre <b>{ $who }</b> pide entrar en <b>{ $group }</b>. No conozco a esta persona: no entró al programa por aquí.
button-let-in = Dejar entrar
button-turn-away = Esta vez no
join-let-in = ✓ Puede entrar en <b>{ $group }</b>.
join-turned-away = ✓ No entra en <b>{ $group }</b>. Se lo digo con amabilidad.
join-refused-by-telegram =
    <b>{ $group }: Telegram no me dejó abrir la puerta.</b>
    No entró nadie. Puede que me falte el permiso para invitar personas.
join-past-the-door =
    <b>{ $who }</b> entró en <b>{ $group }</b> sin pedirlo y no tiene lugar ahí. Mira, por favor, si está bien así.
group-assigned =
    Tienes un lugar en <b>{ $group }</b>, un grupo de tu programa. Es para hablar entre sesiones con gente que sabe cómo es.
group-assigned-link = Toca para pedir entrar: { $link }
group-welcome =
    Te damos la bienvenida, <b>{ $name }</b>. Qué bueno que estás aquí.
    Algo fácil para empezar, si quieres: { $question }
    Siempre puedes pasar. Las reglas: /rules
refused-no-place = Ahora no tienes lugar en este grupo. Pregunta a tu consejero o consejera. Si necesitas ayuda ahora, envía /now.
refused-group-gone = Ya no estoy en ese grupo. Agrégame otra vez y envía /setup ahí.
refused-decided = Eso ya está decidido, o ya no viene al caso.

# Mensajes
verdict-selling = Parece una oferta de alcohol, drogas o medicinas.
verdict-seeking = Parece una pregunta sobre dónde conseguir algo, cuánto o a qué precio.
verdict-using-together = Parece un plan para beber o consumir en compañía.
verdict-contact = Lleva un teléfono, una dirección o una cuenta. Para cuidar a todas las personas, eso queda fuera del grupo.
verdict-invite = Lleva una invitación a otro grupo o chat.
verdict-link = Lleva un enlace que no conozco.
verdict-flooding = Fueron muchos mensajes en muy poco tiempo.
verdict-doubt = Me quedan dudas.
verdict-person = Alguien pidió que una persona lo mire.
post-down = <b>Retiré tu mensaje en { $group }.</b>
post-down-foot = Soy un bot y me puedo equivocar. Si crees que no está bien, una persona puede mirarlo.
button-appeal = Que lo mire una persona
appeal-taken = Gracias. Una persona del equipo lo va a mirar y te aviso. No puedo prometer cuándo.
refused-appealed = Ya se pidió que una persona lo mire. Te aviso.
warned =
    Esto cuenta como un aviso en <b>{ $group }</b>. El siguiente paso sería una pausa sin publicar. Sigues teniendo tu lugar.
muted =
    Puedes leer en <b>{ $group }</b>, pero no publicar, hasta <b>{ $until }</b>. Este chat funciona como siempre, y tus registros también. Sigues teniendo tu lugar.
lifted = Se retiró la medida en <b>{ $group }</b>. Puedes publicar como antes.
member-shares = <b>Alguien del grupo comparte:</b>
member-shares-media = <i>(Traía una imagen o un archivo que no puedo volver a mostrar.)</i>
review-author-shared = Una persona miró tu mensaje y lo puso otra vez en <b>{ $group }</b>, sin tu nombre.
review-author-kept = Una persona volvió a mirar tu mensaje en <b>{ $group }</b>. Sigue retirado. Puedes preguntarle a tu consejero o consejera.
report-how = Para avisar de un mensaje, respóndele en el grupo con /report. Si te preocupa la persona, respóndele con /worried. Tu respuesta desaparece al momento.
report-thanks = Gracias por cuidar al grupo. Una persona va a mirar ese mensaje. Si alguien está en peligro ahora mismo, llama al número de emergencias de donde estás.
worry-thanks = Gracias por preocuparte. Ya se avisa a quienes cuidan el grupo. Si alguien está en peligro ahora mismo, no esperes su respuesta: llama al número de emergencias de donde estás.
worry-which = ¿De qué grupo se trata?

# Revisiones
review-head = <b>Revisión { NUMBER($review, useGrouping: 0) }</b> · { $group }
review-kind-held = Retiré un mensaje y espera tu decisión.
review-kind-removed = Quité un mensaje.
review-kind-flagged = Mira un mensaje, por favor. Sigue en el grupo.
review-kind-reported = Alguien del grupo avisó de un mensaje.
review-kind-danger = <b>Un mensaje puede hablar de una vida en peligro.</b> Se queda en el grupo. Quien lo escribió tiene la tarjeta de crisis. Míralo ahora, por favor, y responde ahí con calidez.
review-kind-worry = <b>A alguien del grupo le preocupa otra persona.</b> Míralo ahora, por favor, y ponte en contacto.
review-place-stands = ❗ Telegram no me dejó retirarlo. Sigue en el grupo.
review-place-doubtful = ❗ No sé si está retirado: puede que ya no exista o que Telegram lo dejara. Míralo, por favor.
review-appealed = ✋ Quien lo escribió pide que una persona lo mire.
step-warn = Aviso
step-mute-1h = Pausa de 1 hora
step-mute-24h = Pausa de 24 horas
step-state-asked = { $step }: en camino
step-state-done = { $step }: hecho
step-state-refused = { $step }: no ocurrió y no cuenta
step-state-lifting = { $step }: se está retirando
step-state-lifted = { $step }: retirado
review-decided-share = ✓ { $by } lo compartió con el grupo.
review-decided-keep = ✓ { $by } lo deja retirado.
review-decided-warn = ✓ { $by } dio el siguiente paso.
review-decided-down = ✓ { $by } lo retiró.
review-decided-leave = ✓ { $by } lo deja como está.
review-decided-take = ✓ { $by } se ocupa. Si nadie dice que ya está, vuelve en 30 minutos.
review-decided-done = ✓ { $by } dice que ya está.
review-button-show = Mostrar
review-button-share = Compartir sin nombre
review-button-keep = Dejarlo retirado
review-button-warn = Siguiente paso: { $step }
review-button-down = Retirarlo
review-button-leave = Dejarlo
review-button-take = ✋ Me ocupo
review-button-done = ✅ Ya está
review-button-undo = Deshacer
review-button-lift = Retirar la medida
review-words-head = <b>Revisión { NUMBER($review, useGrouping: 0) }</b> · { $who }
review-had-media = <i>(Traía una imagen o un archivo. Solo guardo las palabras.)</i>
review-words-foot = <i>Este mensaje se borra solo después de un rato.</i>
reviews-none = No hay nada en espera.
step-refused =
    <b>Revisión { NUMBER($review, useGrouping: 0) }: { $step } no ocurrió.</b>
    Telegram no lo permitió, así que no cuenta. Puede que me falte un permiso, que la persona administre el grupo o que me haya bloqueado.
step-not-lifted = <b>Revisión { NUMBER($review, useGrouping: 0) }:</b> Telegram no me dejó retirar la medida. Sigue en pie.
refused-no-step = No hay paso que dar: la persona es del equipo, no se sabe quién es o ya hay un paso en camino.
refused-too-late = Pasaron más de 48 horas, así que ya no se puede deshacer.

# Horarios, temas, sesiones
hours-closed-until = <b>El grupo está cerrado.</b> Vuelve a abrir el { $time }.
hours-closed = <b>El grupo está cerrado.</b>
hours-meanwhile = Puedes seguir leyendo, y en privado aquí estoy. Si no puede esperar, llama, por favor:
hours-open = <b>El grupo está abierto.</b> Qué bueno tenerte aquí.
hours-open-until = <b>El grupo está abierto</b> hasta el { $time }. Qué bueno tenerte aquí.
hours-not-closed = <b>{ $group }: no pude cerrar el grupo.</b> Sus horas terminaron y todavía se puede publicar. Sigo intentando.
hours-not-opened = <b>{ $group }: no pude abrir el grupo.</b> Sus horas empezaron y no se puede publicar. Sigo intentando.
topic-of-the-day =
    <b>La pregunta de hoy</b>
    { $question }
session-tomorrow =
    <b>{ $group }</b> se reúne el <b>{ $time }</b>.
    ¿Vienes? Solo el equipo ve tu respuesta.
session-soon =
    <b>{ $group }</b> empieza en una hora, a las <b>{ $time }</b>.
    ¿Vienes? Solo el equipo ve tu respuesta.
session-coming = Voy
session-late = Llego tarde
session-cannot = Esta vez no puedo
session-answered =
    <b>{ $group }</b>, { $time }
    ✓ { $answer }. Puedes cambiarlo hasta que empiece.
session-off = La sesión de <b>{ $group }</b> del { $time } no se hace.
session-no-answer = Sin respuesta aún
sessions-head = <b>{ $group }</b> · { $time }
sessions-none = No hay ninguna sesión próxima. Puedes ponerlas con /groups.
sessions-nobody = Nadie tiene lugar en este grupo todavía.
refused-session-begun = Esta sesión ya empezó o no se hace.

# Ajustes
groups-head = <b>Tus grupos</b>
groups-none = Todavía no hay ningún grupo. Agrégame a un supergrupo con administración y envía /setup ahí.
group-main =
    <b>{ $group }</b>
    Personas con lugar: { $count }
    Idioma: { $language }
    Las horas son las de { $zone }
    Tema del día: { $time }
group-topic-off = sin tema
group-rights-well = ✅ Tengo todos los permisos que necesito.
group-rights-missing = ❌ Faltan { $count } de { $most } permisos. Envía /setup en el grupo para ver cuáles.
group-sessions-are = <b>Sesiones</b>
group-hours-are = <b>Horas con equipo</b>
group-is-closed = El grupo está cerrado en este momento.
group-link = Enlace para pedir entrar: { $link }
group-page-sessions = Sesiones
group-page-hours = Horas con equipo
group-page-topic = Tema del día
group-page-people = Personas
group-page-locale = Idioma
week-none = ninguna
group-weekday =
    { $weekday ->
        [0] Lunes
        [1] Martes
        [2] Miércoles
        [3] Jueves
        [4] Viernes
        [5] Sábado
       *[6] Domingo
    }
sessions-page = <b>Sesiones</b>
sessions-type =
    Para cambiar la semana, escríbela así: mar y jue 18:00-19:30
    Para agregar una sola fecha, escríbela así: 2026-05-14 18:00-19:30
sessions-call-off = ✕ Cancelar { $time }
sessions-take-place = ↺ Recuperar { $time }
hours-page = <b>Horas con equipo</b>
hours-type =
    Fuera de estas horas el grupo se cierra y solo se puede leer. Sin horas, está siempre abierto.
    Para cambiarlas, escríbelas así: lun-vie 9:00-17:00
hours-empty = Sin horas: siempre abierto
week-empty = Sin sesiones
week-understood = <b>Esto es lo que entendí:</b>
week-how = Escríbelo así, por favor: mar 18:00-19:30, jue 18:00-19:30
button-save = Guardar
misread-empty = No encontré ninguna hora ahí.
misread-too-long = Es demasiado largo para una semana.
misread-no-day = No encontré el día de «{ $what }».
misread-unknown-day = No conozco el día «{ $what }».
misread-no-end = Me falta el inicio o el final en «{ $what }».
misread-time = No entendí la hora «{ $what }».
misread-am-or-pm = ¿«{ $what }» es de la mañana o de la tarde?
misread-no-length = El inicio y el final son iguales en «{ $what }».
topic-page-at = <b>Tema del día</b>: cada día a las { $time }
topic-page-off = <b>Tema del día</b>: sin tema
topic-ask = Toca una hora o escríbela. Un grupo cerrado se queda ese día sin tema.
topic-stop = Sin tema del día
group-language = <b>¿En qué idioma hablo en el grupo?</b>
people-page = <b>¿Quién tiene lugar en este grupo?</b> Toca para dar o quitar un lugar. A la persona le llega un mensaje con el enlace.
people-none = Todavía nadie entró al programa por aquí.
button-earlier = ← Anteriores
button-more = Más →
refused-date = No entendí esa fecha. Escríbela así, por favor: 2026-05-14.
