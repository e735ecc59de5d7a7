# Lo que lee el equipo alrededor de su trabajo: la entrada, las invitaciones y lo que necesita manos humanas.

role-participant = Participante
role-counselor = Consejería
role-supervisor = Supervisión
role-moderator = Moderación
role-admin = Administración

staff-consent =
    <b>Te invitan a formar parte del equipo.</b>
    Tu función: <b>{ $role }</b>

    • Guardo tu id de Telegram, tu nombre y tu idioma. También anoto cuándo lees una alerta, te encargas de ella o la cierras.
    • Este chat no está cifrado de extremo a extremo. Telegram puede verlo, y también quien tenga tu teléfono. Ponle bloqueo, por favor.
    • Por favor, no escribas aquí nada sobre participantes. No puedo pasarlo a nadie.
    • Puedes salir cuando quieras con /stop.
staff-consent-ask = <b>¿Estás de acuerdo?</b> Si no, no se guarda nada sobre ti.

staff-welcome-counselor =
    <b>Ya estás en el equipo: consejería.</b>
    Las alertas sobre las personas que acompañas llegan a este chat. Deja activadas sus notificaciones, con sonido, por favor.
    Cuando llegue una, toca «{ alert-button-ack }», ponte en contacto con la persona y cierra la alerta.
    /alerts muestra las que están abiertas. /invite crea un enlace para participantes.
staff-welcome-supervisor =
    <b>Ya estás en el equipo: supervisión.</b>
    Te llega una alerta cuando la persona asignada no responde o no se le puede avisar. Deja activadas las notificaciones, con sonido, por favor.
    Toca «{ alert-button-ack }», asegúrate de que alguien contacte a la persona y cierra la alerta.
    /alerts muestra todas las alertas abiertas. /invite crea un enlace para alguien nuevo.
staff-welcome-moderator =
    <b>Ya estás en el equipo: moderación.</b>
    Cuidas los grupos. Nunca ves los registros de nadie.
staff-welcome-admin =
    <b>Ya estás en el equipo: administración.</b>
    Te escribo cuando algo falla o no puedo contactar a alguien. No ves nada de lo que responden las personas participantes.
    /invite crea un enlace para alguien del equipo.
staff-welcome-back = Qué bueno verte. /alerts muestra lo que está abierto y /help, qué más puedo hacer.
staff-text-not-understood = Soy un bot y no puedo pasarlo a nadie. No se guardó, y nadie lo lee aquí. /help muestra qué puedo hacer.

staff-participant-joined = El caso <b>{ $case }</b> ya entró y está a tu cargo.
staff-caseload-taken =
    { $count ->
        [one] <b>{ $count } participante</b> pasa
       *[other] <b>{ $count } participantes</b> pasan
    } a tu cargo, porque alguien del equipo salió. Desde ahora sus alertas te llegan a ti. /alerts muestra las que están abiertas.
staff-unreachable =
    <b>Ya no puedo escribirle a { $name }.</b> Bloqueó este bot o su cuenta ya no existe. Sus alertas pasan a la siguiente persona. Por favor, ponte en contacto por otro medio.
staff-tick-broken =
    <b>Algo que corre por horario sigue fallando: { $name }.</b>
    Los registros o las alertas pueden llegar tarde. Quien administra este bot debe revisar su log ahora. Mientras tanto, pregunta por otro medio cómo está tu gente, por favor.
parked-admin =
    <b>Algo que llegó no se pudo procesar.</b>
    Espera como fila in-{ NUMBER($row, useGrouping: 0) }. Para verla, ejecuta: peerbot parked

invite-whom = ¿Para quién es la invitación?
invite-made =
    <b>Invitación de un solo uso: { $role }</b>
    { $link }

    Sirve una vez, para una persona, hasta { $until }. Por favor, dásela en persona o por un medio de confianza.
