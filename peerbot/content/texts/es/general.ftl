# El teclado, los comandos, la ayuda y lo que se dice cuando algo no salió bien.

key-check-in = 📝 Mi registro
key-tip = 💡 Consejo
key-talk = 💬 Hablar con mi equipo
key-help = 🆘 Necesito ayuda ahora

command-start = Empezar
command-help = Qué puedo hacer
command-now = Necesito ayuda ahora
command-checkin = El registro de hoy
command-progress = Tu gráfico de las últimas semanas
command-milestones = Tus días sin consumir y tus fichas
command-talk = Pedir hablar con tu consejero o consejera
command-settings = Nombre, idioma, zona horaria y hora del registro
command-alerts = Alertas abiertas
command-caseload = Las personas a tu cargo: semana, gráfico, plan
command-invite = Invitar a alguien
command-stop = Salir del bot
command-in-group = Los comandos funcionan en un chat privado conmigo: @{ $bot }

help-participant =
    <b>Para qué estoy</b>
    Soy un bot de tu programa de tratamiento. Una vez al día te pregunto cómo estás, te doy un consejo cuando lo quieras y aviso a tu equipo cuando lo necesites. Toca un botón de abajo o envía:
help-staff =
    <b>Para qué estoy</b>
    Soy un bot de tu programa de tratamiento. Las alertas te llegan aquí. Toca «{ alert-button-ack }» para que no se avise a nadie más, y cierra la alerta cuando sepas cómo terminó. Puedes enviar:
help-stranger =
    <b>Para qué estoy</b>
    Soy un bot para personas en un programa de tratamiento. Se entra con un enlace de invitación de su consejero o consejera. Puedes enviar:

start-stranger =
    <b>Hola. Soy un bot para personas en un programa de tratamiento y sus equipos.</b>

    Para entrar, pide a tu consejero o consejera un enlace de invitación y ábrelo. Lo que acabas de escribir no se guardó, y nadie lee este chat.

    Si estás en peligro, llama al número de emergencias de donde estás. Para ver a quién puedes llamar, envía /now.
welcome-back =
    <b>Qué bueno verte.</b>
    Todo está como lo dejaste. Usa los botones de abajo cuando quieras.

text-not-understood =
    Soy un bot y no entendí eso. Tu mensaje no se guardó, y nadie lo lee aquí.

    Para llegar a una persona, toca <b>{ key-talk }</b>. Si no puede esperar, toca <b>{ key-help }</b>.
gap-announced =
    Lo siento: estuve sin conexión cerca de { $hours ->
        [one] { $hours } hora
       *[other] { $hours } horas
    }. Si me escribiste en ese tiempo, puede haberse perdido sin que nadie lo leyera. Telegram guarda los mensajes solo 24 horas. Escríbelo de nuevo, por favor.

    Si necesitas ayuda ahora, envía /now o llama al número de emergencias de donde estás.
parked-person-told =
    Lo siento. Algo falló de mi lado y no pude leer tu mensaje. Tu consejero o consejera sabrá que escribiste, pero no qué. Si no puede esperar, llama, por favor:
parked-person =
    Lo siento. Algo falló de mi lado con lo que acabas de enviar, y nadie lo ha leído. Inténtalo otra vez, por favor. Si no puede esperar, llama:
