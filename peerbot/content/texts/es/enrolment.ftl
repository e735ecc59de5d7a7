# La entrada de participantes: qué es el bot, el consentimiento, las preguntas de bienvenida, los ajustes y la salida.

consent-what =
    <b>Te damos la bienvenida. Qué bueno que estás aquí.</b>

    Soy un bot de tu programa de tratamiento. No soy una persona. Cada día te pregunto cómo estás, te comparto consejos para momentos difíciles y le paso avisos a tu equipo.

    No soy un tratamiento, y no reemplazo tus sesiones ni a quienes te atienden.
consent-who-reads =
    <b>Quién lee qué</b>
    • Tu consejero o consejera puede leer las respuestas de tu registro. Si no puede, las lee alguien de supervisión.
    • Las demás personas del programa nunca ven tus registros.
    • Si algo que respondes o escribes preocupa, tu consejero o consejera recibe una alerta. Si nadie reacciona, también la recibe supervisión.
    • Reviso todo lo que escribes por si hay señales de peligro. Lo que no responde a una pregunta mía no se guarda.
    • El equipo lee en horario de trabajo. Las alertas salen a cualquier hora, pero nadie puede prometer cuánto tardarán en verlas.
consent-telegram =
    <b>Sobre Telegram</b>
    • Este chat no está cifrado de extremo a extremo. Telegram puede verlo, y también quien tenga tu teléfono. Ponle bloqueo, por favor.
    • Otras personas podrían darse cuenta de que usas este bot.
    • Por favor, no envíes nombres, documentos ni fotos.
    • Puedes salir cuando quieras con /stop. No afecta tu atención.
consent-ask = <b>¿Estás de acuerdo?</b> Si no, está bien: no se guarda nada sobre ti.
button-agree = Sí, de acuerdo
button-decline = No, gracias
consent-agreed = Gracias. Aceptaste estas condiciones (versión { $version }). Puedes salir cuando quieras con /stop.
consent-declined = Está bien. No se guardó nada sobre ti. Si cambias de idea, vuelve a abrir tu enlace de invitación. Y si necesitas a alguien ahora:

language-name = Español

ask-alias =
    <b>¿Cómo quieres que te llame?</b>
    Elige un nombre inventado, no el tuyo. Tu equipo lo ve junto a tu código de caso. Toca el de abajo o escribe otro.
alias-use = Usar «{ $alias }»
ask-language = <b>¿En qué idioma prefieres hablar?</b>
ask-zone =
    <b>¿Dónde vives?</b>
    Así sé cuándo es de mañana para ti. Toca una ciudad de tu zona horaria o escribe la ciudad grande más cercana.
ask-zone-which = Encontré más de una. ¿Cuál es la tuya?
ask-time =
    <b>¿A qué hora te pregunto cómo estás?</b>
    Toca una hora o escríbela, por ejemplo 19:30. Te preguntaré una vez al día.
chosen = ✓ { $value }
welcome-done =
    <b>Todo listo, { $alias }.</b>

    Cada día a las <b>{ $time }</b> (hora de { $zone }) te preguntaré cómo estás. Son solo unas preguntas cortas. Te acompaña <b>{ $counselor }</b>.

    En un día difícil, usa los botones de abajo:
    <b>{ key-help }</b>: a quién llamar, y aviso a tu equipo
    <b>{ key-talk }</b>: tu consejero o consejera recibe un aviso
    <b>{ key-tip }</b>: algo que puedes probar ahora mismo

    Puedes cambiar todo esto con /settings.

settings-head =
    <b>Tus ajustes</b>
    Nombre: { $alias }
    Idioma: { $language }
    Zona horaria: { $zone }
    Registro diario: { $time }

    ¿Qué quieres cambiar?
settings-alias = Nombre
settings-language = Idioma
settings-zone = Zona horaria
settings-time = Hora del registro
settings-saved = ✓ Guardado.

leave-ask =
    <b>¿Quieres salir?</b>
    Dejaré de preguntarte, y tu consejero o consejera sabrá que saliste. Tu atención en el programa sigue igual. Lo que ya respondiste se queda en tu programa; puedes preguntarles por ello.
leave-ask-staff =
    <b>¿Quieres salir?</b>
    Tu función aquí termina de inmediato. No recibirás más alertas, y las personas que acompañas pasan a alguien más del equipo.
button-leave = Sí, salir
button-stay = No, me quedo
leave-stayed = Qué bueno. Todo sigue como estaba.
leave-done = Has salido. Ya no te escribiré. Cuídate mucho. Si alguna vez necesitas a alguien:
leave-door-open = La puerta queda abierta. Si quieres volver, pide al programa un nuevo enlace de invitación.
