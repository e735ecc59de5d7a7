# La tarjeta de crisis y lo que se dice en un momento de peligro. Corto: se lee de noche y con un solo ojo.

crisis-head =
    <b>No estás solo ni sola.</b>
    Si tú u otra persona corren peligro, llama ahora:
crisis-line = <b>{ $name }</b>: { $what }
crisis-told =
    Acabo de decirle a <b>{ $who }</b> que necesitas a alguien. Si nadie responde, sigo avisando al equipo. No puedo prometerte cuánto tardarán en verlo; si no puede esperar, llama, por favor.
crisis-nobody-told =
    Ver esto no avisa a nadie. Si estás en el programa y quieres que tu equipo lo sepa, toca <b>{ key-help }</b> o envía /now. También puedes llamar ya a uno de estos números.
not-watched = Soy un bot y nadie vigila este chat las 24 horas.

# Por debajo de urgente: quién se entera, y una línea que ofrece la tarjeta.
told-today = Gracias por contármelo. <b>{ $who }</b> recibe un aviso para leerlo hoy.
# Por debajo de eso: queda anotado en la lista semanal (/digest); después viene un consejo.
words-noted =
    Gracias por contármelo. Soy un bot y no puedo conversarlo contigo, así que le dejé a <b>{ $who }</b> una nota: que escribiste sobre un momento difícil. No es una alerta, y tus palabras no se guardaron.

    Para hablar hoy con alguien, toca <b>{ key-talk }</b>. Si no puede esperar, toca <b>{ key-help }</b>.
card-offer = Si en algún momento pesa demasiado, el botón de abajo te muestra a quién llamar.
button-card = 📞 ¿A quién llamo?
button-help = 🆘 Necesito ayuda ahora

not-for-emergencies =
    <b>Esto no es para emergencias.</b> Soy un bot y nadie vigila este chat las 24 horas. Si tú u otra persona corren peligro, llama, por favor:
your-team = Tu equipo

# Se muestra cuando alguien dice que consumió opioides, o algo que no conoce. Referencia clínica, sección 3; sin firmar.
overdose-card =
    <b>Lee esto, por favor. Puede salvar una vida.</b>
    • Después de una pausa, tu cuerpo aguanta mucho menos que antes. Lo que antes no te hacía daño ahora puede cortarte la respiración.
    • No te quedes a solas. Pide a alguien que te acompañe, o que siga contigo al teléfono.
    • Ten naloxona a mano, si puedes.
    • Si alguien no despierta, respira muy lento o se pone azul: llama de inmediato, dale naloxona y quédate a su lado.
    • La medicación para el consumo de opioides protege tu vida. Tu equipo puede ayudarte a empezarla o a retomarla.
